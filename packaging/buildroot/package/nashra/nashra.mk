################################################################################
#
# nashra
#
################################################################################
# SPDX-License-Identifier: GPL-3.0-or-later

# The tree that this external tree is a part of.
NASHRA_VERSION = 0.1.0
NASHRA_SITE = $(BR2_EXTERNAL_NASHRA_PATH)/../..
NASHRA_SITE_METHOD = local
NASHRA_LICENSE = GPL-3.0+
NASHRA_LICENSE_FILES = LICENSE
NASHRA_INSTALL_STAGING = YES
NASHRA_CONF_OPTS = -DNASHRA_TESTS=OFF
NASHRA_DEPENDENCIES = host-pkgconf alsa-lib espeak-ng hiredis icu inih jansson lame libarchive libcurl libebur128 \
	libopusenc libseccomp libsndfile libsoxr libxml2 openssl sqlite

ifeq ($(BR2_PACKAGE_LIBGPIOD)$(BR2_PACKAGE_SYSTEMD),yy)
NASHRA_DEPENDENCIES += libgpiod systemd
endif
ifeq ($(BR2_PACKAGE_MOSQUITTO),y)
NASHRA_DEPENDENCIES += mosquitto
endif

$(eval $(cmake-package))
