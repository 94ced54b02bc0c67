/* A program that shows pictures made from numbers, for tests of the terminal side: Latin and Khmer
 * in every style, most rows as in the picture before. */
#ifndef E2E_SAMPLE_H
#define E2E_SAMPLE_H

#include <stdbool.h>

#include "tui/canvas.h"

/* Picture `number` in the canvas's size, with its ruler. */
void sample_paint(struct canvas *c, unsigned long number);

/* The program: draws the picture of the number of keys it got (twice: of half of it). F1 F2 F3 and
 * Delete end it badly, F10 well; y copies, t changes the theme, p the painter, r repaints. */
int sample_show(bool twice);

#endif
