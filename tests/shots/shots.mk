# `make shots`: photographs of the program in real terminals. Included by the Makefile.
SHOTS       := $(BUILD)/rel/tests/shots
SHOTS_TOOLS := $(SHOTS)/tour $(SHOTS)/specimen $(SHOTS)/look

$(SHOTS)/tour: $(SHOTS)/tour.o $(SHOTS)/relay.o
	$(CC) $(rel_link) $^ -o $@
$(SHOTS)/specimen: $(SHOTS)/specimen.o $(BUILD)/rel/libtui.a $(BUILD)/rel/libdb.a $(BUILD)/rel/libi18n.a
	$(CC) $(rel_link) $^ $(TUI_LIBS) $(DB_LIBS) $(I18N_LIBS) -o $@
$(SHOTS)/look: $(SHOTS)/look.o $(BUILD)/rel/tests/tui/font_reference.o $(BUILD)/rel/libi18n.a
	$(CC) $(rel_link) $^ $(TUI_LIBS) $(I18N_LIBS) -o $@

.PHONY: shots packages-shots
packages-shots:
	@.ci/packages install shots
shots: packages-shots $(BUILD)/cpdir $(SHOTS_TOOLS) ## photograph the screens in real terminals and compare; PAIRS="..." only some
	@tests/shots/run $(BUILD) $(PAIRS)
