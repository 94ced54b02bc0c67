/* The two languages of the program. Khmer first. */
#ifndef I18N_LANG_H
#define I18N_LANG_H

enum lang { LANG_KM, LANG_EN, LANG_COUNT };

#endif
