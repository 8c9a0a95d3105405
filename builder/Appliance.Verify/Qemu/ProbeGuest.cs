namespace Appliance.Verify.Qemu;

/// <summary>
/// The smallest guest that shows that a machine runs guests: a boot sector that goes through protected mode into long mode,
/// uses CPUID, model-specific registers, the x87 and SSE2, and ends QEMU through its isa-debug-exit device. Where KVM falls back
/// to emulating single instructions (nested clouds), it stops at one of these.
/// </summary>
internal static class ProbeGuest
{
    /// <summary>The I/O port of the device that ends QEMU.</summary>
    public const int ExitPort = 0xf4;

    /// <summary>QEMU's exit code: twice the byte written, plus one.</summary>
    public const int ExitCode = (0x15 * 2) + 1;

    /// <summary>SeaBIOS boots from no disk that is smaller than a cylinder.</summary>
    public const int DiskLength = 1 << 20;

    /// <summary>Bytes, and what they mean in AT&amp;T syntax. Loaded at 0x7c00 in 16-bit mode.</summary>
    private const string Code = """
        fa                ; cli
        31c0              ; xorw %ax,%ax
        8ed8              ; movw %ax,%ds
        8ec0              ; movw %ax,%es
        8ed0              ; movw %ax,%ss
        bc007c            ; movw $0x7c00,%sp
        fc                ; cld
        bf0010            ; movw $0x1000,%di         ; three empty page tables at 0x1000
        b90018            ; movw $0x1800,%cx
        f3ab              ; rep stosw
        c70600100320      ; movw $0x2003,0x1000
        c70600200330      ; movw $0x3003,0x2000
        c70600308300      ; movw $0x0083,0x3000      ; the first 2 MiB, one to one
        e492              ; inb $0x92,%al            ; address line 20
        0c02              ; orb $2,%al
        e692              ; outb %al,$0x92
        660f0116c07c      ; lgdtl 0x7cc0
        0f20e0            ; movl %cr4,%eax
        6683c820          ; orl $0x20,%eax           ; physical address extension
        0f22e0            ; movl %eax,%cr4
        66b800100000      ; movl $0x1000,%eax
        0f22d8            ; movl %eax,%cr3
        66b9800000c0      ; movl $0xc0000080,%ecx    ; EFER
        0f32              ; rdmsr
        660d00010000      ; orl $0x100,%eax          ; long mode
        0f30              ; wrmsr
        0f20c0            ; movl %cr0,%eax
        660d01000080      ; orl $0x80000001,%eax     ; protection and paging
        0f22c0            ; movl %eax,%cr0
        66ea6a7c00000800  ; ljmpl $8,$0x7c6a
        31c0              ; xorl %eax,%eax           ; from here 64-bit code
        0fa2              ; cpuid
        b91b000000        ; movl $0x1b,%ecx          ; APIC base
        0f32              ; rdmsr
        0f30              ; wrmsr
        0f20e0            ; movq %cr4,%rax
        660d0006          ; orw $0x600,%ax           ; SSE
        0f22e0            ; movq %rax,%cr4
        dbe3              ; fninit
        d9e8              ; fld1
        b800100000        ; movl $0x1000,%eax
        660f6f00          ; movdqa (%rax),%xmm0
        660fd4c0          ; paddq %xmm0,%xmm0
        660f7f00          ; movdqa %xmm0,(%rax)
        b015              ; movb $0x15,%al
        66baf400          ; movw $0xf4,%dx
        ee                ; outb %al,%dx
        f4                ; hlt
        ebfd              ; jmp -1
        """;

    /// <summary>At 0x7cb0 the descriptors, at 0x7cc0 their limit and address.</summary>
    private const string DescriptorTable = """
        0000000000000000  ; null
        00000000009a2000  ; 64-bit code
        0f00b07c0000      ; 16 bytes at 0x7cb0
        """;

    /// <summary>A whole disk.</summary>
    public static byte[] Disk()
    {
        var disk = new byte[DiskLength];
        Assemble(Code).CopyTo(disk, 0);
        Assemble(DescriptorTable).CopyTo(disk, 0xb0);
        disk[510] = 0x55;
        disk[511] = 0xaa;
        return disk;
    }

    private static byte[] Assemble(string listing) =>
        Convert.FromHexString(
            string.Concat(listing.Split('\n').Select(line => line.Split(';')[0].Trim()))
        );
}
