/* SPDX-License-Identifier: MIT */

/* This file parses the value of COPYFILE2_FAULT: phase-or-operation:ERROR@N[,...]. Nothing may stand around a part, not
 * even a blank, and the case of names matters. */

#include "common/fault.h"

struct target
{
    const char *name;
    const char *phase;
};

static const struct target targets[] = {
#define FAULT( operation, operation_name, phase_name, where )                                                          \
    [operation] = { .name = operation_name, .phase = phase_name },
#include "common/fault_rows.h"
#undef FAULT
};

struct error
{
    const char *name;
    uint32_t status;
};

/* Such a status carries a Win32 code in its low word. RtlNtStatusToDosError answers this word, on Windows and under
 * Wine 8.0 to 11. */
#define WIN32_ERROR( win32_error )               { .name = #win32_error, .status = 0x80070000u | win32_error },
#define ROW( err, nt_status, error, open_error ) { .name = #err, .status = nt_status },
static const struct error errors[] = {
#include "common/win32_names.h"
#include "unix/errno_rows.h"
};

static bool is_word( const char *text, size_t length, const char *word )
{
    if (!word) return false;
    for (; length; length--, text++, word++)
        if (*text != *word) return false;
    return !*word;
}

/* The name of an operation stands for that operation, and the name of a phase for all operations in it. */
static bool parse_target( const char *text, size_t length, struct fault *fault )
{
    fault->operations = 0;
    for (size_t i = 0; i < ARRAYSIZE( targets ); i++)
        if (is_word( text, length, targets[i].name ) || is_word( text, length, targets[i].phase ))
            fault->operations |= 1u << i;
    return fault->operations;
}

static bool parse_error( const char *text, size_t length, struct fault *fault )
{
    for (size_t i = 0; i < ARRAYSIZE( errors ); i++)
    {
        if (!is_word( text, length, errors[i].name )) continue;
        fault->status = (NTSTATUS)errors[i].status;
        return true;
    }
    return false;
}

/* The number is 1 to 999999999, without a sign or leading zeros, so that there is only one way to write it. */
static bool parse_number( const char *text, size_t length, struct fault *fault )
{
    if (!length || length > 9 || *text == '0') return false;
    for (fault->countdown = 0; length; length--, text++)
    {
        if (*text < '0' || *text > '9') return false;
        fault->countdown = fault->countdown * 10 + (uint32_t)( *text - '0' );
    }
    return true;
}

/* Answers how far away the wanted character is, or the end of the text where there is none. */
static size_t distance( const char *text, char wanted )
{
    size_t length = 0;

    while (text[length] && text[length] != wanted) length++;
    return length;
}

/* Answers in words what is wrong with the part, or NULL. */
static const char *parse_fault( const char *text, struct fault *fault )
{
    size_t target = distance( text, ':' ), error = target + distance( text + target, '@' );

    if (!text[target] || !text[error]) return "this is not phase-or-operation:ERROR@N";
    if (!parse_target( text, target, fault )) return "there is no such phase or operation before the :";
    if (!parse_error( text + target + 1, error - target - 1, fault )) return "there is no such error before the @";
    if (!parse_number( text + error + 1, distance( text + error + 1, '\0' ), fault ))
        return "behind the @ there is no number from 1 to 999999999";
    fault->text = text;
    return NULL;
}

bool fault_parse( struct faults *faults )
{
    char *text = faults->text;
    bool more;

    do
    {
        size_t length = distance( text, ',' );

        more = text[length];
        text[length] = 0;
        faults->part = text;
        faults->mistake = faults->count == ARRAYSIZE( faults->list )
                              ? "this part is one too many, for there may be eight"
                              : parse_fault( text, &faults->list[faults->count] );
        if (faults->mistake) return false;
        faults->count++;
        text += length + 1;
    } while (more);
    return true;
}
