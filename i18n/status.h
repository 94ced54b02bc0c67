/* How a call went. One list for all folders: a fallible function returns one of these and writes
 * its result last, untouched on failure. Only tui/ turns a status into words. */
#ifndef I18N_STATUS_H
#define I18N_STATUS_H

#define MUST_CHECK __attribute__((warn_unused_result))

enum status {
    STATUS_OK,
    STATUS_NOT_FOUND,    /* nothing there by that id, code or name */
    STATUS_INVALID,      /* input refused: the caller's value breaks a rule of its field */
    STATUS_CONFLICT,     /* somebody else changed the record since it was read */
    STATUS_DENIED,       /* file or directory may not be read or written */
    STATUS_NO_FILE,      /* the named file is not there */
    STATUS_NOT_DB,       /* the file is not a cpdir directory */
    STATUS_TRAINING,     /* the file is a training directory and the real one is wanted */
    STATUS_NOT_TRAINING, /* the file is the real directory and a training one is wanted */
    STATUS_TOO_NEW,      /* the file was written by a newer cpdir */
    STATUS_CORRUPT,      /* the file is damaged */
    STATUS_FULL,         /* no space left on the device */
    STATUS_BUSY,         /* another process held the file too long */
    STATUS_READONLY,     /* the directory was opened for reading only */
    STATUS_NETWORK_FS,   /* the file lies on a network file system, where WAL is not safe */
    STATUS_FORBIDDEN,    /* this person's role or area does not allow it */
    STATUS_CANCELLED,    /* the caller no longer wanted the answer */
    STATUS_LOCKED,       /* confidential: its level has to be unlocked first */
    STATUS_IO,           /* any other failure of a disk or terminal */
    STATUS_COUNT
};

#endif
