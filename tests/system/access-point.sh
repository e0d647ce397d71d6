#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# In the tests' computer: two simulated radios; one of them becomes an access point that stands in a network of its own.
set -e
modprobe mac80211_hwsim radios=2
sleep 2
radio=$(cat /sys/class/net/wlan0/phy80211/name)
ip netns add outside
iw phy "$radio" set netns name outside
cat >/run/access-point.conf <<'CONF'
interface=wlan0
ssid=بيتنا
utf8_ssid=1
channel=1
hw_mode=g
wpa=2
wpa_key_mgmt=WPA-PSK
rsn_pairwise=CCMP
wpa_passphrase=secret 123
CONF
ip -n outside address add 10.9.0.1/24 dev wlan0
ip -n outside link set wlan0 up
ip netns exec outside hostapd -B /run/access-point.conf >/dev/null
ip netns exec outside dnsmasq --port=0 --interface=wlan0 --dhcp-range=10.9.0.10,10.9.0.20 --pid-file=/run/outside.pid
echo the access point is there
