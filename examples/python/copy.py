# SPDX-License-Identifier: MIT
# Python for Windows calls the DLL, which lies beside this file or in Wine's own folder.
import ctypes, sys

hr = ctypes.WinDLL("copyfile2").CopyFile2(sys.argv[1], sys.argv[2], None)
sys.exit(f"{hr & 0xffffffff:#x}" if hr else 0)
