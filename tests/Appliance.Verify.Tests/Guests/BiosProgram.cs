namespace Appliance.Verify.Tests.Guests;

/// <summary>
/// A boot sector that counts its boots in sector 40, loads 32 KiB of script from sector 64 × boot, and plays it on the first
/// serial port. Bytes below 8 are operations, see <see cref="GuestScript"/>; everything else is text.
/// </summary>
internal static class BiosProgram
{
    public const int CounterSector = 40;
    public const int SectorsPerScript = 64;

    /// <summary>Loaded at 0x7c00 in 16-bit mode; AT&amp;T syntax.</summary>
    private const string Listing = """
        fa                      ; _start:    cli
        31c0                    ;            xorw %ax,%ax
        8ed8                    ;            movw %ax,%ds
        8ed0                    ;            movw %ax,%ss
        bc007c                  ;            movw $0x7c00,%sp
        fc                      ;            cld
        88161b7d                ;            movb %dl,drive
        bafa03                  ;            movw $0x3fa,%dx
        b001                    ;            movb $1,%al
        ee                      ;            outb %al,%dx
        beeb7c                  ;            movw $state,%si
        e8a000                  ;            call read
        fe060080                ;            incb 0x8000
        e89d00                  ;            call write
        0fb6060080              ;            movzbw 0x8000,%ax
        c1e006                  ;            shlw $6,%ax
        a3037d                  ;            movw %ax,script+8
        befb7c                  ;            movw $script,%si
        e88800                  ;            call read
        ba0206                  ;            movw $0x602,%dx
        b80001                  ;            movw $0x100,%ax
        ef                      ;            outw %ax,%dx
        b80010                  ;            movw $0x1000,%ax
        8ec0                    ;            movw %ax,%es
        fb                      ;            sti           ; SeaBIOS prints its last character at a timer tick
        f4                      ;            hlt
        f4                      ;            hlt
        f4                      ;            hlt
        fa                      ;            cli
        31f6                    ; restart:   xorw %si,%si
        26ac                    ; next:      lodsb %es:(%si),%al
        3c08                    ;            cmpb $8,%al
        7205                    ;            jb operation
        e87d00                  ;            call put
        ebf5                    ;            jmp next
        98                      ; operation: cbtw
        93                      ;            xchgw %ax,%bx
        01db                    ;            addw %bx,%bx
        ffa7db7c                ;            jmp *table(%bx)
        fa                      ; hang:      cli
        f4                      ;            hlt
        ebfc                    ;            jmp hang
        ba0406                  ; off:       movw $0x604,%dx
        b80020                  ;            movw $0x2000,%ax
        ef                      ;            outw %ax,%dx
        ebf3                    ;            jmp hang
        fb                      ; button:    sti
        f4                      ;            hlt
        ba0006                  ;            movw $0x600,%dx
        ed                      ;            inw %dx,%ax
        f6c401                  ;            testb $1,%ah
        74f5                    ;            jz button
        fa                      ;            cli
        ebd2                    ;            jmp next
        bafd03                  ; line:      movw $0x3fd,%dx
        ec                      ;            inb %dx,%al
        a801                    ;            testb $1,%al
        74f8                    ;            jz line
        baf803                  ;            movw $0x3f8,%dx
        ec                      ;            inb %dx,%al
        e84900                  ;            call put
        3c0a                    ;            cmpb $10,%al
        75ed                    ;            jne line
        ebbd                    ;            jmp next
        baf90c                  ; reset:     movw $0xcf9,%dx
        b006                    ;            movb $6,%al
        ee                      ;            outb %al,%dx
        ebc8                    ;            jmp hang
        26ad                    ; poke:      lodsw %es:(%si),%ax
        a3137d                  ;            movw %ax,sector+8
        56                      ;            pushw %si
        be0b7d                  ;            movw $sector,%si
        e81e00                  ;            call read
        5e                      ;            popw %si
        26ad                    ;            lodsw %es:(%si),%ax
        93                      ;            xchgw %ax,%bx
        26ac                    ;            lodsb %es:(%si),%al
        88870082                ;            movb %al,0x8200(%bx)
        56                      ;            pushw %si
        be0b7d                  ;            movw $sector,%si
        e81100                  ;            call write
        5e                      ;            popw %si
        eb95                    ;            jmp next
        b91200                  ; pause:     movw $18,%cx
        fb                      ;            sti
        f4                      ; 1:         hlt
        e2fd                    ;            loop 1b
        fa                      ;            cli
        eb8b                    ;            jmp next
        b442                    ; read:      movb $0x42,%ah
        eb03                    ;            jmp disk
        b80043                  ; write:     movw $0x4300,%ax
        8a161b7d                ; disk:      movb drive,%dl
        06                      ;            pushw %es
        cd13                    ;            int $0x13
        07                      ;            popw %es
        fa                      ;            cli
        c3                      ;            ret
        50                      ; put:       pushw %ax
        bafd03                  ;            movw $0x3fd,%dx
        ec                      ; 1:         inb %dx,%al
        a820                    ;            testb $0x20,%al
        74fb                    ;            jz 1b
        58                      ;            popw %ax
        baf803                  ;            movw $0x3f8,%dx
        ee                      ;            outb %al,%dx
        c3                      ;            ret
        597c5d7c667c447c747c897c917cb17c; table:     .word hang,off,button,restart,line,reset,poke,pause
        1000                    ; state:     .byte 16,0
        010000800000            ;            .word 1,0x8000,0
        2800000000000000        ;            .quad 40
        1000                    ; script:    .byte 16,0
        400000000010            ;            .word 64,0,0x1000
        0000000000000000        ;            .quad 0
        1000                    ; sector:    .byte 16,0
        010000820000            ;            .word 1,0x8200,0
        0000000000000000        ;            .quad 0
        00                      ; drive:     .byte 0
        """;

    public static byte[] Code { get; } = MachineCode.Parse(Listing);
}
