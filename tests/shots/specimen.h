/* What specimen.c draws and look.c measures have in common. */
#ifndef SHOTS_SPECIMEN_H
#define SHOTS_SPECIMEN_H

enum { SPECIMEN_ROWS = 22, SPECIMEN_COLUMNS = 80, SPECIMEN_MARKS = 3 };

/* Columns of the marks. */
static const int specimen_marks[SPECIMEN_MARKS] = {1, 39, 78};

#endif
