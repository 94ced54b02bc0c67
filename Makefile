# cpdir: one Makefile for everything. `make help` lists what it does.
#
# Folders are archives and may use only what stands below them: tests > tui > db > i18n.
# Nothing is written outside $(BUILD).

PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
PIXELS  ?= 1
CC      ?= cc
AWK     ?= awk
VERSION := 0.1.0

bindir  := $(DESTDIR)$(PREFIX)/bin
datadir := $(DESTDIR)$(PREFIX)/share

# One short line a step; V=1 shows the commands themselves.
V ?= 0
Q := $(if $(filter 1,$(V)),,@)
say := $(if $(filter 1,$(V)),:,echo)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules --no-print-directory
ifeq ($(filter -j% --jobs%,$(MAKEFLAGS)),)
MAKEFLAGS += --jobs=$(shell nproc 2>/dev/null || echo 1)
endif
.SUFFIXES:

# What has to be there before anything is compiled. `run`, `test`, `san`, `lint`, `bench`, `shots` and `page`
# install what is missing, the others only say it. config.mk holds the flags found; make reads it afterwards.
quiet_goals := help clean uninstall
goals       := $(or $(MAKECMDGOALS),all)
ifneq ($(filter-out $(quiet_goals),$(goals)),)
include $(BUILD)/config.mk
endif

# PIXELS=1: Khmer may be drawn as pictures, with the libraries below. PIXELS=0: a smaller program that
# only writes text. The choice is kept in a file that changes with it, so that no old object stays.
pixel_libs := $(if $(filter 1,$(PIXELS)),harfbuzz freetype2 fontconfig zlib)
ifneq ($(filter-out $(quiet_goals),$(goals)),)
$(shell mkdir -p $(BUILD); [ "$$(cat $(BUILD)/pixels 2>/dev/null)" = "$(PIXELS)" ] || \
    echo "$(PIXELS)" > $(BUILD)/pixels)
endif

install_wanted := $(filter run test san lint bench shots page,$(goals))
$(BUILD)/config.mk: .ci/packages $(BUILD)/pixels
	@.ci/packages $(if $(install_wanted),install,check) $(if $(pixel_libs),pixels,build)
	@mkdir -p $(@D)
	@printf 'LIB_CFLAGS := %s\nI18N_LIBS := %s\nDB_LIBS := %s\nTUI_LIBS := %s\n' \
	    "$$(pkg-config --cflags-only-I icu-i18n sqlite3 libsodium ncursesw $(pixel_libs))" \
	    "$$(pkg-config --libs icu-i18n icu-uc)" "$$(pkg-config --libs sqlite3 libsodium)" \
	    "$$(pkg-config --libs ncursesw $(pixel_libs)) -lm" > $@

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
        -Wmissing-prototypes -Wformat=2 -Wundef -Wvla -Werror
HARD := -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE
CPPFLAGS_ALL := -I. -I$(BUILD)/gen -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE \
                -DCPDIR_VERSION='"$(VERSION)"' $(CPPFLAGS)
CFLAGS  ?= -O2 -g
CSTD    := -std=c17 -fno-common -MMD -MP
LDHARD  := -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed
SAN     := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1 -g

src      = $(wildcard $(1)/*.c)
objects  = $(patsubst %.c,$(BUILD)/$(1)/%.o,$(2))
VARIANTS := rel san
rel_flags := $(HARD) $(CFLAGS)
san_flags := $(SAN) -fPIE
rel_link  := $(LDHARD) $(LDFLAGS)
san_link  := -pie -fsanitize=address,undefined -Wl,--as-needed $(LDFLAGS)

# --- generated tables -------------------------------------------------------------------------------
GEN := $(BUILD)/gen/i18n/message_id.h $(BUILD)/gen/i18n/message_table.h \
       $(BUILD)/gen/db/query_id.h $(BUILD)/gen/db/query_table.h $(BUILD)/gen/db/migration_table.h \
       $(BUILD)/gen/db/alias_table.h $(BUILD)/gen/db/guide_table.h \
       $(BUILD)/gen/db/package_table.h $(BUILD)/gen/db/emergency_table.h \
       $(BUILD)/gen/tui/scenario_table.h

$(BUILD)/gen/i18n/message_id.h: i18n/messages.tsv i18n/message.awk
	@mkdir -p $(@D)
	@$(say) "  GEN $@"
	$(Q)LC_ALL=C $(AWK) -v part=h -f i18n/message.awk $< > $@
$(BUILD)/gen/i18n/message_table.h: i18n/messages.tsv i18n/message.awk
	@mkdir -p $(@D)
	@$(say) "  GEN $@"
	$(Q)LC_ALL=C $(AWK) -v part=c -f i18n/message.awk $< > $@
$(BUILD)/gen/db/query_id.h: db/queries.sql db/query.awk
	@mkdir -p $(@D)
	@$(say) "  GEN $@"
	$(Q)LC_ALL=C $(AWK) -v part=h -f db/query.awk $< > $@
$(BUILD)/gen/db/query_table.h: db/queries.sql db/query.awk
	@mkdir -p $(@D)
	@$(say) "  GEN $@"
	$(Q)sed 's/\\/\\\\/g; s/"/\\"/g' $< | LC_ALL=C $(AWK) -v part=c -f db/query.awk > $@
$(BUILD)/gen/db/alias_table.h: data/alias.tsv db/alias.awk
	@mkdir -p $(@D)
	@$(say) "  GEN $@"
	$(Q)LC_ALL=C $(AWK) -f db/alias.awk $< > $@
MIGRATIONS := $(sort $(wildcard db/migrations/*.sql))
$(BUILD)/gen/db/migration_table.h: $(MIGRATIONS)
	@mkdir -p $(@D)
	@for f in $^; do \
	    printf 'static const char %s[] = {\n' "$$(basename $$f .sql | sed 's/^/step_/; s/[^a-z0-9_]/_/g')"; \
	    od -An -v -td1 $$f | sed 's/  */ /g; s/ \(-\{0,1\}[0-9]\)/ \1/g; s/\([0-9]\)\( \|$$\)/\1,/g'; \
	    printf '0};\n'; done > $@
	@{ printf 'static const char *const steps[] = {\n'; \
	   for f in $^; do printf '    step_%s,\n' "$$(basename $$f .sql | sed 's/[^a-z0-9_]/_/g')"; done; \
	   printf '};\n'; } >> $@

# The rules of the pathway, the minimum package and the emergency list, as bytes in the program.
GUIDE := step referral advice
$(BUILD)/gen/db/guide_table.h: $(GUIDE:%=data/%.tsv)
$(BUILD)/gen/db/package_table.h: data/package.tsv
$(BUILD)/gen/db/emergency_table.h: data/emergency.tsv
$(BUILD)/gen/db/guide_table.h $(BUILD)/gen/db/package_table.h $(BUILD)/gen/db/emergency_table.h:
	@mkdir -p $(@D)
	@$(say) "  GEN $@"
	$(Q)for f in $^; do \
	    printf 'static const char builtin_%s[] = {\n' "$$(basename $$f .tsv)"; \
	    od -An -v -td1 $$f | sed 's/  */ /g; s/ \(-\{0,1\}[0-9]\)/ \1/g; s/\([0-9]\)\( \|$$\)/\1,/g'; \
	    printf '0};\n'; done > $@

# The scenarios of the training mode, as bytes in the program.
SCENARIOS := $(sort $(wildcard data/training/*.scenario))
$(BUILD)/gen/tui/scenario_table.h: $(SCENARIOS) $(wildcard data/training)
	@mkdir -p $(@D)
	@$(say) "  GEN $@"
	$(Q)n=0; for f in $(SCENARIOS); do n=$$((n + 1)); \
	    printf 'static const char scenario_%s[] = {\n' $$n; \
	    od -An -v -td1 $$f | sed 's/  */ /g; s/ \(-\{0,1\}[0-9]\)/ \1/g; s/\([0-9]\)\( \|$$\)/\1,/g'; \
	    printf '0};\n'; done > $@
	$(Q){ n=0; printf 'static const struct {\n    const char *name, *bytes;\n    size_t len;\n'; \
	   printf '} builtin_scenarios[] = {\n'; for f in $(SCENARIOS); do n=$$((n + 1)); \
	    printf '    {"%s", scenario_%s, sizeof scenario_%s - 1},\n' $$(basename $$f) $$n $$n; done; \
	   printf '    {NULL, NULL, 0},\n};\n'; } >> $@

# --- objects and archives, once for release and once with sanitizers ---------------------------------
i18n_src := $(call src,i18n)
db_src   := $(call src,db)
without  := $(if $(pixel_libs),tui/shape_none.c tui/deflate_none.c,tui/shape.c tui/deflate.c)
tui_src  := $(filter-out tui/main.c $(without),$(call src,tui))
data_src := $(filter-out data/mkseed.c,$(call src,data))

define variant_rules
$(BUILD)/$(1)/%.o: %.c | $$(GEN)
	@mkdir -p $$(@D)
	@$$(say) "  CC  $$@"
	$$(Q)$$(CC) $$(CSTD) $$(WARN) $$(CPPFLAGS_ALL) $$(LIB_CFLAGS) $$($(1)_flags) -c $$< -o $$@

$(BUILD)/$(1)/data/seed.o: data/seed.S $(BUILD)/seed.db $(BUILD)/training.db
	@mkdir -p $$(@D)
	@$$(say) "  CC  $$@"
	$$(Q)$$(CC) -DSEED_FILE='"$(BUILD)/seed.db"' -DTRAINING_FILE='"$(BUILD)/training.db"' -c $$< -o $$@

$(BUILD)/$(1)/libi18n.a: $(call objects,$(1),$(i18n_src))
$(BUILD)/$(1)/libdb.a: $(call objects,$(1),$(db_src))
$(BUILD)/$(1)/libtui.a: $(call objects,$(1),$(tui_src)) $(BUILD)/$(1)/data/seed.o $(BUILD)/pixels
$(BUILD)/$(1)/lib%.a:
	@rm -f $$@
	@$$(say) "  AR  $$@"
	$$(Q)$$(AR) rcs $$@ $$(filter %.o,$$^)

$(BUILD)/$(1)/libdata.a: $(call objects,$(1),$(data_src))
$(BUILD)/$(1)/mkseed: $(BUILD)/$(1)/data/mkseed.o $(BUILD)/$(1)/libdata.a $(BUILD)/$(1)/libdb.a \
                      $(BUILD)/$(1)/libi18n.a
	@$$(say) "  LD  $$@"
	$$(Q)$$(CC) $$($(1)_link) $$^ $$(DB_LIBS) $$(I18N_LIBS) -o $$@
$(BUILD)/$(1)/cpdir: $(BUILD)/$(1)/tui/main.o $(BUILD)/$(1)/libtui.a $(BUILD)/$(1)/libdb.a \
                     $(BUILD)/$(1)/libi18n.a
	@$$(say) "  LD  $$@"
	$$(Q)$$(CC) $$($(1)_link) $$^ $$(TUI_LIBS) $$(DB_LIBS) $$(I18N_LIBS) -o $$@

# Tests of a folder link that folder's archive and what lies below it.
$(BUILD)/$(1)/tests/i18n/%: $(BUILD)/$(1)/tests/i18n/%.o $(BUILD)/$(1)/libi18n.a
	@$$(say) "  LD  $$@"
	$$(Q)$$(CC) $$($(1)_link) $$^ $$(I18N_LIBS) -lcmocka -o $$@
$(BUILD)/$(1)/tests/db/%: $(BUILD)/$(1)/tests/db/%.o $(BUILD)/$(1)/data/seed.o \
                          $(BUILD)/$(1)/libdata.a $(BUILD)/$(1)/libdb.a $(BUILD)/$(1)/libi18n.a
	@$$(say) "  LD  $$@"
	$$(Q)$$(CC) $$($(1)_link) $$^ $$(DB_LIBS) $$(I18N_LIBS) -lcmocka -o $$@
$(BUILD)/$(1)/tests/tui/%: $(BUILD)/$(1)/tests/tui/%.o $(BUILD)/$(1)/libtui.a $(BUILD)/$(1)/libdb.a \
                           $(BUILD)/$(1)/libi18n.a
	@$$(say) "  LD  $$@"
	$$(Q)$$(CC) $$($(1)_link) $$^ $$(TUI_LIBS) $$(DB_LIBS) $$(I18N_LIBS) -lcmocka -o $$@
$(BUILD)/$(1)/tests/tui/test_shape: $(BUILD)/$(1)/tests/tui/font_reference.o
e2e_lib_$(1) := $$(call objects,$(1),$$(filter-out tests/e2e/test_%,$$(wildcard tests/e2e/*.c)))
$(BUILD)/$(1)/tests/e2e/test_%: $(BUILD)/$(1)/tests/e2e/test_%.o $$(e2e_lib_$(1)) \
                                $(BUILD)/$(1)/libtui.a $(BUILD)/$(1)/libdb.a $(BUILD)/$(1)/libi18n.a
	@$$(say) "  LD  $$@"
	$$(Q)$$(CC) $$($(1)_link) $$^ $$(TUI_LIBS) $$(DB_LIBS) $$(I18N_LIBS) -lcmocka -o $$@
$(BUILD)/$(1)/tests/bench/%: $(BUILD)/$(1)/tests/bench/%.o $$(e2e_lib_$(1)) \
                             $(BUILD)/$(1)/libtui.a $(BUILD)/$(1)/libdb.a $(BUILD)/$(1)/libi18n.a
	@$$(say) "  LD  $$@"
	$$(Q)$$(CC) $$($(1)_link) $$^ $$(TUI_LIBS) $$(DB_LIBS) $$(I18N_LIBS) -o $$@
endef
$(foreach v,$(VARIANTS),$(eval $(call variant_rules,$(v))))

# The directory as it is born: an SQLite file built and checked from data/*.tsv, linked into the
# program.
$(BUILD)/seed.db: $(BUILD)/rel/mkseed $(wildcard data/*.tsv)
	@$(say) "  GEN $@"
	$(Q)$(BUILD)/rel/mkseed data $@
# The invented directory to learn with: the places and entries of data/training, the rest shared.
$(BUILD)/training.db: $(BUILD)/rel/mkseed $(wildcard data/*.tsv data/training/*.tsv)
	@$(say) "  GEN $@"
	$(Q)$(BUILD)/rel/mkseed --training data $@

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# --- what people type --------------------------------------------------------------------------------
.PHONY: all run test san lint bench install uninstall clean help
all: $(BUILD)/cpdir ## build the program: build/cpdir

$(BUILD)/cpdir: $(BUILD)/rel/cpdir
	@cp -f $< $@

run: all $(if $(pixel_libs),packages-run) ## install what is missing, build and open the directory
	@$(BUILD)/cpdir

test_src  := $(wildcard tests/i18n/test_*.c tests/db/test_*.c tests/tui/test_*.c tests/e2e/test_*.c)
test_src  := $(filter-out $(if $(pixel_libs),,tests/tui/test_shape.c tests/tui/test_pixel.c),$(test_src))
test_bins := $(patsubst %.c,$(BUILD)/san/%,$(test_src))
.PHONY: packages-run packages-test packages-lint packages-bench
packages-run packages-test packages-lint packages-bench: packages-%:
	@.ci/packages install $*
ifneq ($(filter test san,$(goals)),)
$(test_bins:=.o): | packages-test
endif

test: packages-test $(test_bins) $(BUILD)/san/cpdir $(BUILD)/cpdir ## install what is missing and run every test, sanitizers on
	@tests/run $(BUILD) $(test_bins)

san: ## the same tests, built with clang's sanitizers
	@.ci/packages install san
	@$(MAKE) test CC=clang BUILD=$(BUILD)/clang

lint: packages-lint $(GEN) ## layering, tables, format, manuals, static analysis
	@env -u MAKEFLAGS -u MAKELEVEL tests/lint $(BUILD)

bench: packages-bench $(BUILD)/cpdir $(patsubst %.c,$(BUILD)/rel/%,$(wildcard tests/bench/*.c)) ## speed and size against rg, LIKE and FTS5 trigram
	@tests/bench/run $(BUILD)

include man/install.mk
include tests/shots/shots.mk
include tests/page/page.mk
include tests/eval/eval.mk

clean: ## remove everything that was built
	rm -rf $(BUILD)

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile man/install.mk tests/shots/shots.mk tests/page/page.mk tests/eval/eval.mk | expand -t 20
