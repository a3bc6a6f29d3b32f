/* SPDX-License-Identifier: MIT */

/* A PE file has two lists of DLLs. The loader goes through the first one when the program starts. The second one has
 * the delayed imports: code of the program itself looks there when a function is first called. Each DLL has a list of
 * names. Somebody else wrote all of this, so every address is checked before it is used. */

#include "pe_imports.h"

#define IMPORT_SIZE         20
#define IMPORT_NAMES        0
#define IMPORT_DLL          12
#define IMPORT_ADDRESSES    16
#define DELAYED_SIZE        32
#define DELAYED_FLAGS       0
#define DELAYED_DLL         4
#define DELAYED_NAMES       16
#define DELAYED_IS_RELATIVE 1 /* to the start of the image; linkers before Visual C++ 7 wrote absolute addresses */

#define HINT_SIZE     2 /* stands in front of a name */
#define NAME_MAX_SIZE 4096
#define IMPORTS_MAX   200000 /* several times what the largest programs have; lists that overlap could name far more */

struct imports
{
    const struct pe_image *image;
    pe_imports_visitor visit;
    void *context;
    unsigned int count;
};

static uint32_t image_base( const struct pe_image *image )
{
    return pe_is_wide( image ) ? 0 : pe_get32( image->data + image->optional_header + PE_OPTIONAL_BASE_32 );
}

/* Reads one entry of a list of names. An entry of 0 ends the list. */
static const char *read_entry( const struct imports *imports, uint32_t address, uint64_t *entry )
{
    unsigned int size = pe_is_wide( imports->image ) ? 8 : 4;
    const uint8_t *at = pe_at( imports->image, address, size );

    if (!at) return "a list of imported functions is cut off";
    *entry = pe_get32( at );
    /* The highest bit says that the function has a number instead of a name. */
    if (size == 8) *entry |= (uint64_t)pe_get32( at + 4 ) << 32;
    else if (*entry & 0x80000000) *entry = ( *entry & 0x7fffffff ) | UINT64_C( 1 ) << 63;
    return NULL;
}

static const char *visit_dll( struct imports *imports, uint32_t dll_address, uint32_t names, uint32_t base )
{
    const char *dll = pe_string( imports->image, dll_address - base, NAME_MAX_SIZE );
    uint32_t step = pe_is_wide( imports->image ) ? 8 : 4;
    uint64_t entry;

    if (!dll) return "the name of an imported DLL is cut off";
    for (names -= base;; names += step)
    {
        const char *wrong = read_entry( imports, names, &entry ), *function;

        if (wrong) return wrong;
        if (!entry) return NULL;
        if (imports->count++ == IMPORTS_MAX) return "it has more imports than any program";
        if (entry >> 63) continue;
        if (entry > UINT32_MAX - HINT_SIZE ||
            !( function = pe_string( imports->image, (uint32_t)entry - base + HINT_SIZE, NAME_MAX_SIZE ) ))
            return "the name of an imported function is cut off";
        imports->visit( imports->context, dll, function );
    }
}

/* Some old linkers left the list of names out. The loader then reads the names from the list of addresses. */
static const char *visit_ordinary( struct imports *imports, const uint8_t *import )
{
    uint32_t names = pe_get32( import + IMPORT_NAMES );

    return visit_dll( imports, pe_get32( import + IMPORT_DLL ), names ? names : pe_get32( import + IMPORT_ADDRESSES ),
                      0 );
}

static const char *visit_delayed( struct imports *imports, const uint8_t *import )
{
    bool relative = pe_get32( import + DELAYED_FLAGS ) & DELAYED_IS_RELATIVE;

    return visit_dll( imports, pe_get32( import + DELAYED_DLL ), pe_get32( import + DELAYED_NAMES ),
                      relative ? 0 : image_base( imports->image ) );
}

/* A DLL without a name ends the list, whatever the directory's size says. */
static const char *visit_list( struct imports *imports, enum pe_directory which, uint32_t size, uint32_t dll_offset,
                               const char *( *visit )( struct imports *imports, const uint8_t *import ) )
{
    uint32_t address, ignored;
    const char *wrong;

    if (!pe_directory( imports->image, which, &address, &ignored )) return NULL;
    for (;; address += size)
    {
        const uint8_t *import = pe_at( imports->image, address, size );

        if (!import) return "the list of imported DLLs is cut off";
        if (!pe_get32( import + dll_offset )) return NULL;
        if (imports->count++ == IMPORTS_MAX) return "it has more imports than any program";
        if (( wrong = visit( imports, import ) )) return wrong;
    }
}

const char *pe_imports_visit( const struct pe_image *image, pe_imports_visitor visit, void *context )
{
    struct imports imports = { .image = image, .visit = visit, .context = context };
    const char *wrong = visit_list( &imports, PE_DIRECTORY_IMPORTS, IMPORT_SIZE, IMPORT_DLL, visit_ordinary );

    if (wrong) return wrong;
    return visit_list( &imports, PE_DIRECTORY_DELAYED_IMPORTS, DELAYED_SIZE, DELAYED_DLL, visit_delayed );
}
