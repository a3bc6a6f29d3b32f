/* SPDX-License-Identifier: MIT */

/* This tests the calling convention. On x86 the callee takes its arguments off the stack, CopyFile2 as well as the
 * callback. */

#include "harness/files.h"
#include "harness/test.h"

/* Calls CopyFile2 as a compiler does that takes stdcall for granted: what CopyFile2 leaves on the stack stays there. On
 * x64 nobody takes anything off. */
static HRESULT call_and_watch( PCWSTR source, PCWSTR destination, void *params )
{
#ifdef __i386__
    uintptr_t before, after, function = (uintptr_t)copyfile2;
    HRESULT hr;

    __asm__ volatile( "movl %%esp, %%esi\n\t"
                      "pushl %%edx\n\t"
                      "pushl %%ecx\n\t"
                      "pushl %%eax\n\t"
                      "call *%%ebx\n\t"
                      "movl %%esp, %%edi\n\t"
                      "movl %%esi, %%esp"
                      : "=a"( hr ), "+b"( function ), "+c"( destination ), "+d"( params ), "=&S"( before ),
                        "=&D"( after )
                      : "a"( source )
                      : "memory", "cc" );
    ok( after == before, "the stack is %d bytes off", (int)( after - before ) );
    ok( function == (uintptr_t)copyfile2, "ebx was not kept" );
    return hr;
#else
    return copyfile2( source, destination, params );
#endif
}

/* Every message of a type comes from the same place, so that a stack that is off by some bytes each time shows. */
static COPYFILE2_MESSAGE_ACTION CALLBACK watch_stack( const COPYFILE2_MESSAGE *message, void *context )
{
    uintptr_t *frames = context, here = (uintptr_t)__builtin_frame_address( 0 );

    if (!frames[message->Type]) frames[message->Type] = here;
    ok( frames[message->Type] == here, "type %d: the stack is %d bytes off", message->Type,
        (int)( here - frames[message->Type] ) );
    return COPYFILE2_PROGRESS_CONTINUE;
}

static void test_stdcall( void )
{
    uintptr_t frames[COPYFILE2_CALLBACK_MAX] = { 0 };
    COPYFILE2_EXTENDED_PARAMETERS_V2 params = { sizeof( params ) };
    HRESULT hr;

    file_fill( L"src.bin", 50 * 4096, 1 );
    hr = call_and_watch( L"src.bin", L"dst.bin", NULL );
    ok( hr == S_OK, "got %#lx", hr );
    hr = call_and_watch( L"missing.bin", L"dst.bin", NULL );
    ok( hr == hr_from_error( ERROR_FILE_NOT_FOUND ), "got %#lx", hr );
    hr = call_and_watch( NULL, NULL, NULL );
    ok( hr == E_INVALIDARG || broken( FAILED( hr ) ), "got %#lx", hr );

    params.ioDesiredSize = 4096;
    params.pProgressRoutine = watch_stack;
    params.pvCallbackContext = frames;
    hr = call_and_watch( L"src.bin", L"dst.bin", &params );
    ok( hr == S_OK, "got %#lx", hr );
    ok( frames[COPYFILE2_CALLBACK_CHUNK_STARTED] && frames[COPYFILE2_CALLBACK_CHUNK_FINISHED], "no messages" );
    ok( file_equal( L"src.bin", L"dst.bin" ), "other bytes" );
}

static const struct test_case cases[] = {
    { .name = "stdcall",
      .row = "76",
      .claim = "callback stack balance x86: no corruption",
      .sure = "B",
      .run = test_stdcall },
};

TEST_MAIN( "stdcall", cases )
