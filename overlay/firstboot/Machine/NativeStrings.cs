using System.Runtime.InteropServices;

namespace Appliance.FirstBoot.Machine;

/// <summary>An array of C strings that ends with a null pointer, as execve(2) takes it.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly int count;

    public NativeStrings(IReadOnlyList<string> strings)
    {
        count = strings.Count;
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)count + 1, (nuint)sizeof(byte*));
        for (var index = 0; index < count; index++)
        {
            Pointers[index] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[index]);
        }
    }

    public byte** Pointers { get; }

    public void Dispose()
    {
        for (var index = 0; index < count; index++)
        {
            Marshal.FreeCoTaskMem((nint)Pointers[index]);
        }

        NativeMemory.Free(Pointers);
    }
}
