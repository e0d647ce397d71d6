/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

/* The IANA special-purpose registry (RFC 6890), as far as such an address leads to something near. */
static bool is_inside4(uint32_t host) {
    static const struct {
        uint32_t net, bits;
    } nets[] = {{0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},
                {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0A80000, 16}, {0xE0000000, 3}};
    for (size_t i = 0; i < sizeof nets / sizeof *nets; i++)
        if ((host ^ nets[i].net) >> (32 - nets[i].bits) == 0)
            return true;
    return false;
}

static uint32_t last4(const unsigned char *bytes) {
    return (uint32_t)bytes[12] << 24 | (uint32_t)bytes[13] << 16 | (uint32_t)bytes[14] << 8 | bytes[15];
}

/* fc00::/7, fe80::/10, ff00::/8, :: and ::1; IPv4 inside IPv6 (mapped, NAT64) as itself. */
static bool is_inside6(const struct in6_addr *address) {
    static const unsigned char nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    const unsigned char *bytes = address->s6_addr;
    if (IN6_IS_ADDR_V4MAPPED(address) || memcmp(bytes, nat64, sizeof nat64) == 0)
        return is_inside4(last4(bytes));
    return IN6_IS_ADDR_UNSPECIFIED(address) || IN6_IS_ADDR_LOOPBACK(address) || (bytes[0] & 0xFE) == 0xFC ||
           (bytes[0] == 0xFE && (bytes[1] & 0x80) == 0x80) || bytes[0] == 0xFF;
}

bool nashra_address_is_inside(const struct sockaddr *address) {
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    if (address->sa_family == AF_INET) {
        memcpy(&four, address, sizeof four);
        return is_inside4(ntohl(four.sin_addr.s_addr));
    }
    if (address->sa_family != AF_INET6)
        return true;
    memcpy(&six, address, sizeof six);
    return is_inside6(&six.sin6_addr);
}

/* As curl gives a host: IPv6 in brackets. */
static bool parse(const char *host, struct in_addr *four, struct in6_addr *six, bool *is_four) {
    char bare[64];
    size_t length = strlen(host);
    if (host[0] == '[' && length > 2) {
        host++;
        length -= 2;
    }
    if (length >= sizeof bare)
        return false;
    memcpy(bare, host, length);
    bare[length] = '\0';
    *is_four = inet_pton(AF_INET, bare, four) == 1;
    return *is_four || inet_pton(AF_INET6, bare, six) == 1;
}

static bool is_loopback4(uint32_t host) {
    return host >> 24 == 127;
}

static bool is_loopback6(const struct in6_addr *address) {
    return IN6_IS_ADDR_LOOPBACK(address);
}

/* A name that isn't numeric is known when it has been looked up: then its address is asked. */
static bool host_is(const char *host, bool (*is4)(uint32_t), bool (*is6)(const struct in6_addr *)) {
    struct in_addr four;
    struct in6_addr six;
    bool is_four;
    if (strcasecmp(host, "localhost") == 0)
        return true;
    if (!parse(host, &four, &six, &is_four))
        return false;
    return is_four ? is4(ntohl(four.s_addr)) : is6(&six);
}

bool nashra_host_is_loopback(const char *host) {
    return host_is(host, is_loopback4, is_loopback6);
}

bool nashra_host_is_inside(const char *host) {
    return host_is(host, is_inside4, is_inside6);
}
