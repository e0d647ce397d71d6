/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nashra.ini in whatever shape it comes, and the Wi-Fi request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "network.h"

static void keep_quiet(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)message;
    (void)user;
}

static struct nashra_owner_words *words;

static int load(void **state) {
    (void)state;
    nashra_log_set_handler(keep_quiet, NULL);
    return nashra_owner_words_load(&words);
}

static int unload(void **state) {
    (void)state;
    nashra_owner_words_destroy(words);
    return 0;
}

static struct nashra_owner owner;

static void read_bytes(const char *bytes, size_t length) {
    nashra_owner_finish(&owner);
    owner = (struct nashra_owner){.hidden = false};
    assert_int_equal(nashra_owner_read(&owner, words, bytes, length, "nashra.ini"), 0);
}

static void read_text(const char *text) {
    read_bytes(text, strlen(text));
}

static void english_and_arabic_say_the_same(void **state) {
    (void)state;
    static const char *const files[] = {
        "[wifi]\nwifi = Home Net\npassword = a;b #c \" d\ncountry = eg\n\n; comment\n[box]\nlanguage=en\nvolume = 40\n"
        "Speed = 180\nlayout = five\nautoplay = no\nfeed = https://a.example/rss\nfeed = http://b.example/\n",
        "\xEF\xBB\xBFالشبكة = Home Net\r\nكلمة السر = a;b #c \" d\r\nالبلد = EG\r\nاللّغة = إنكليزي\r\nالصوت = ٤٠٪\r\n"
        "السرعه = ۱۸۰\r\nالأزرار = خمسة\r\nقراءة تلقائية = لا\r\nمصدر = https://a.example/rss\r\n"
        "\xE2\x80\x8Fمصدر\xE2\x80\x8F = \xE2\x80\x8Ehttp://b.example/\xE2\x80\x8E\r\n"};
    for (size_t i = 0; i < 2; i++) {
        read_text(files[i]);
        assert_int_equal(owner.fault_count, 0);
        assert_string_equal(owner.ssid, "Home Net");
        assert_string_equal(owner.password, "a;b #c \" d");
        assert_string_equal(owner.country, "EG");
        assert_string_equal(owner.language, "en");
        assert_string_equal(owner.layout, "five");
        assert_string_equal(owner.autoplay, "no");
        assert_int_equal(owner.volume, 40);
        assert_int_equal(owner.rate, 180);
        assert_int_equal(owner.settings, 5);
        assert_string_equal(nashra_buffer_string(&owner.feeds), "https://a.example/rss\nhttp://b.example/\n");
    }
}

static void every_error_has_its_line_and_cause(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t line;
        enum nashra_prompt cause;
    } wrong[] = {
        {"\nlanguage ar\n", 2, NASHRA_PROMPT_SETUP_NO_EQUALS},
        {"colour = red\n", 1, NASHRA_PROMPT_SETUP_NO_NAME},
        {"ar = 5\n", 1, NASHRA_PROMPT_SETUP_NO_NAME},
        {"language = fr\n", 1, NASHRA_PROMPT_SETUP_VALUE},
        {"language =\n", 1, NASHRA_PROMPT_SETUP_VALUE},
        {"layout = a\n", 1, NASHRA_PROMPT_SETUP_VALUE},
        {"# x\n\n\nvolume = loud\n", 4, NASHRA_PROMPT_SETUP_VALUE},
        {"volume = 101\n", 1, NASHRA_PROMPT_SETUP_VALUE},
        {"volume = 99999999999999999999\n", 1, NASHRA_PROMPT_SETUP_VALUE},
        {"volume = -5\n", 1, NASHRA_PROMPT_SETUP_VALUE},
        {"country = Egypt\n", 1, NASHRA_PROMPT_SETUP_VALUE},
        {"hidden = maybe\n", 1, NASHRA_PROMPT_SETUP_VALUE},
        {"wifi = 123456789012345678901234567890123\n", 1, NASHRA_PROMPT_SETUP_VALUE},
        {"wifi =\n", 1, NASHRA_PROMPT_SETUP_VALUE},
        {"password = 1234567\n", 1, NASHRA_PROMPT_SETUP_PASSWORD},
        {"password = 1234567890123456789012345678901234567890123456789012345678901234x\n", 1,
         NASHRA_PROMPT_SETUP_PASSWORD},
        {"feed = www.example.com\n", 1, NASHRA_PROMPT_SETUP_FEED},
        {"feed = https://a b\n", 1, NASHRA_PROMPT_SETUP_FEED},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        read_text(wrong[i].text);
        assert_int_equal(owner.fault_count, 1);
        assert_int_equal(owner.faults[0].line, wrong[i].line);
        assert_int_equal(owner.faults[0].cause, wrong[i].cause);
    }
}

static void what_is_right_holds_beside_what_is_wrong(void **state) {
    (void)state;
    read_text("nonsense\nlanguage = en\nnonsense\nn = 1\nn = 2\nn = 3\nn = 4\nvolume = 30");
    assert_int_equal(owner.fault_count, 6);
    assert_string_equal(owner.language, "en");
    assert_int_equal(owner.volume, 30);
}

static void quotes_keep_spaces(void **state) {
    (void)state;
    read_text("wifi = \" a b \"\npassword = \"12345678\n");
    assert_string_equal(owner.ssid, " a b ");
    assert_string_equal(owner.password, "\"12345678");
    read_text("wifi = \"\"\n");
    assert_int_equal(owner.fault_count, 1);
}

static void an_editor_may_write_other_charsets(void **state) {
    (void)state;
    static const char utf16[] =
        "\xFF\xFEl\0a\0n\0g\0u\0a\0g\0e\0 \0=\0 \0\x39\x06\x31\x06\x28\x06\x4A\x06\r\0\n\0v\0o\0l\0u\0m\0e\0"
        "=\0\x33\0\x30\0\r\0\n\0";
    read_bytes(utf16, sizeof utf16 - 1);
    assert_int_equal(owner.fault_count, 0);
    assert_string_equal(owner.language, "ar");
    assert_int_equal(owner.volume, 30);
    read_text(
        "wifi = x\r\n\xC7\xE1\xE1\xDB\xC9 = \xDA\xD1\xC8\xED\r\n\xC7\xE1\xD5\xE6\xCA = 30\r\n"); /* windows-1256 */
    assert_int_equal(owner.fault_count, 0);
    assert_string_equal(owner.language, "ar");
    assert_int_equal(owner.volume, 30);
    assert_string_equal(owner.ssid, "x");
    read_bytes("\0\1\2\3\377\376", 6);
    assert_int_equal(owner.fault_count, 1);
    read_text("");
    assert_int_equal(owner.fault_count, 0);
}

static void settings_are_read_again_as_they_were_written(void **state) {
    (void)state;
    struct nashra_buffer text = {0}, again = {0};
    read_text("language = ar\nlayout = three\nautoplay = yes\nvolume = 20\nrate = 200\n");
    assert_int_equal(nashra_owner_write(&owner, &text), 0);
    read_text(nashra_buffer_string(&text));
    assert_int_equal(nashra_owner_write(&owner, &again), 0);
    assert_string_equal(nashra_buffer_string(&again), nashra_buffer_string(&text));
    assert_int_equal(owner.settings, 5);
    nashra_buffer_finish(&text);
    nashra_buffer_finish(&again);
}

static void memory_may_run_out(void **state) {
    (void)state;
    struct nashra_owner_words *none;
    for (unsigned long n = 1; n < 40; n++) {
        nashra_alloc_fail_after(n);
        const int status = nashra_owner_words_load(&none);
        nashra_alloc_fail_after(0);
        if (status >= 0)
            nashra_owner_words_destroy(none);
        else
            assert_null(none);
    }
    static const char text[] = "feed = https://a.example/\nlanguage = en\n";
    for (unsigned long n = 1; n < 4; n++) {
        nashra_owner_finish(&owner);
        owner = (struct nashra_owner){.hidden = false};
        nashra_alloc_fail_after(n);
        const int status = nashra_owner_read(&owner, words, text, strlen(text), "x");
        const unsigned long asked = nashra_alloc_count();
        nashra_alloc_fail_after(0);
        assert_int_equal(status, asked >= n ? NASHRA_ENOMEM : 0);
    }
}

/* The Wi-Fi ------------------------------------------------------------------------------------------------------- */

static void a_request_comes_back_as_it_was(void **state) {
    (void)state;
    struct nashra_network network = {
        .ssid = "بيت \\ \"x\"\n[evil]", .password = "p ss;word\\ =", .country = "SA", .hidden = true};
    struct nashra_network again;
    struct nashra_buffer text = {0};
    assert_int_equal(nashra_network_write(&network, &text), 0);
    assert_int_equal(nashra_network_read(nashra_buffer_string(&text), &again), 0);
    assert_memory_equal(&again, &network, sizeof network);
    nashra_buffer_finish(&text);
}

static void a_wrong_request_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {"",
                                        "\n",
                                        "country SA\n",
                                        "ssid 6g\n",
                                        "ssid 616\n",
                                        "ssid 00\n",
                                        "ssid \n",
                                        "ssid 61\ncountry sa\n",
                                        "ssid 61\ncountry SAU\n",
                                        "ssid 61\nhiddenx\n",
                                        "ssid 61\npassword\n",
                                        "ssid 61\n\nhidden\n",
                                        "psk 61\nssid 61\n",
                                        "ssid 61\npassword 61626364650a616263\n",
                                        "ssid 616161616161616161616161616161616161616161616161616161616161616161\n"};
    struct nashra_network network;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(nashra_network_read(wrong[i], &network), NASHRA_EDATA);
}

static void a_keyfile_holds_any_name_and_password(void **state) {
    (void)state;
    struct nashra_network network = {.ssid = "a\n[x]", .password = " p\\w  "};
    struct nashra_buffer text = {0};
    char uuid[37], other[37];
    assert_int_equal(nashra_network_keyfile(&network, &text), 0);
    assert_non_null(strstr(nashra_buffer_string(&text), "\nssid=97;10;91;120;93;\n"));
    assert_non_null(strstr(nashra_buffer_string(&text), "\npsk=\\sp\\\\w\\s\\s\n"));
    assert_null(strstr(nashra_buffer_string(&text), "[x]"));
    nashra_network_uuid(&network, uuid);
    assert_int_equal(strlen(uuid), 36);
    assert_int_equal(uuid[14], '8');
    network.ssid[0] = 'b';
    nashra_network_uuid(&network, other);
    assert_string_not_equal(uuid, other);
    network.password[0] = '\0';
    nashra_buffer_clear(&text);
    assert_int_equal(nashra_network_keyfile(&network, &text), 0);
    assert_null(strstr(nashra_buffer_string(&text), "wifi-security"));
    nashra_buffer_finish(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_and_arabic_say_the_same),
        cmocka_unit_test(every_error_has_its_line_and_cause),
        cmocka_unit_test(what_is_right_holds_beside_what_is_wrong),
        cmocka_unit_test(quotes_keep_spaces),
        cmocka_unit_test(an_editor_may_write_other_charsets),
        cmocka_unit_test(settings_are_read_again_as_they_were_written),
        cmocka_unit_test(memory_may_run_out),
        cmocka_unit_test(a_request_comes_back_as_it_was),
        cmocka_unit_test(a_wrong_request_is_refused),
        cmocka_unit_test(a_keyfile_holds_any_name_and_password),
    };
    const int failed = cmocka_run_group_tests(tests, load, unload);
    nashra_owner_finish(&owner);
    return failed;
}
