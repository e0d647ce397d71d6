# SPDX-License-Identifier: GPL-3.0-or-later
include $(sort $(wildcard $(BR2_EXTERNAL_NASHRA_PATH)/package/*/*.mk))
