# SPDX-License-Identifier: GPL-3.0-or-later
SUMMARY = "A reader that speaks Arabic news"
LICENSE = "GPL-3.0-or-later"
LIC_FILES_CHKSUM = "file://LICENSE;md5=1ebbd3e34237af26da5dc08a4e440464"

# The tree that this layer is a part of.
inherit externalsrc cmake pkgconfig systemd
EXTERNALSRC = "${@os.path.abspath(os.path.join(d.getVar('THISDIR'), '../../../..'))}"

DEPENDS = "alsa-lib curl espeak-ng hiredis icu inih jansson lame libarchive libebur128 libopusenc libseccomp libsndfile1 \
    libsoxr libxml2 openssl sqlite3"
PACKAGECONFIG ??= "${@bb.utils.contains('DISTRO_FEATURES', 'systemd', 'box', '', d)} mqtt"
PACKAGECONFIG[box] = ",,libgpiod systemd"
PACKAGECONFIG[mqtt] = ",,mosquitto"
EXTRA_OECMAKE = "-DNASHRA_TESTS=OFF"

PACKAGES =+ "${PN}-box ${PN}-speechd"
FILES:${PN}-box = "${bindir}/nashrad ${sysconfdir}/nashra ${nonarch_libdir}/systemd ${nonarch_libdir}/sysusers.d"
FILES:${PN}-speechd = "${nonarch_libdir}/speech-dispatcher-modules ${sysconfdir}/speech-dispatcher"
FILES:${PN} += "${datadir}/nashra ${datadir}/bash-completion"
RDEPENDS:${PN} = "espeak-ng"
SYSTEMD_PACKAGES = "${@bb.utils.contains('DISTRO_FEATURES', 'systemd', '${PN}-box', '', d)}"
SYSTEMD_SERVICE:${PN}-box = "nashrad.service"
SYSTEMD_AUTO_ENABLE = "disable"
