namespace Appliance.Verify.Tests.Guests;

/// <summary>
/// A UEFI application that counts its boots in a non-volatile variable and plays the script with that number on the first serial
/// port. Scripts follow the code, each after its length in two bytes. Of the operations it knows hang, power-off and button.
/// </summary>
internal static class UefiProgram
{
    /// <summary>Independent of its position; Intel syntax. Entry: rcx is the image's handle, rdx the system table.</summary>
    private const string Listing = """
        53                      ; _start:    push rbx
        56                      ;            push rsi
        57                      ;            push rdi
        4883ec40                ;            sub rsp,64
        488b5a58                ;            mov rbx,[rdx+0x58]
        488d0dd6000000          ;            lea rcx,[rip+name]
        488d15b7000000          ;            lea rdx,[rip+vendor]
        4531c0                  ;            xor r8d,r8d
        4c8d0dbd000000          ;            lea r9,[rip+size]
        488d05ca000000          ;            lea rax,[rip+count]
        4889442420              ;            mov [rsp+32],rax
        ff5348                  ;            call [rbx+72]
        fe05bc000000            ;            inc byte ptr [rip+count]
        488d0da9000000          ;            lea rcx,[rip+name]
        488d158a000000          ;            lea rdx,[rip+vendor]
        41b803000000            ;            mov r8d,3
        41b901000000            ;            mov r9d,1
        488d059b000000          ;            lea rax,[rip+count]
        4889442420              ;            mov [rsp+32],rax
        ff5358                  ;            call [rbx+88]
        fa                      ;            cli
        488d358f000000          ;            lea rsi,[rip+scripts]
        0fb60d84000000          ;            movzx ecx,byte ptr [rip+count]
        ffc9                    ; skip:      dec ecx
        740a                    ;            jz start
        0fb706                  ;            movzx eax,word ptr [rsi]
        488d740602              ;            lea rsi,[rsi+rax+2]
        ebf2                    ;            jmp skip
        4883c602                ; start:     add rsi,2
        ba02060000              ;            mov edx,0x602
        b800010000              ;            mov eax,0x100
        66ef                    ;            out dx,ax
        ac                      ; next:      lodsb
        3c02                    ;            cmp al,2
        741c                    ;            je button
        3c01                    ;            cmp al,1
        7428                    ;            je off
        3c00                    ;            cmp al,0
        7430                    ;            je hang
        91                      ;            xchg ecx,eax
        bafd030000              ;            mov edx,0x3fd
        ec                      ; 1:         in al,dx
        a820                    ;            test al,0x20
        74fb                    ;            jz 1b
        91                      ;            xchg ecx,eax
        baf8030000              ;            mov edx,0x3f8
        ee                      ;            out dx,al
        ebdf                    ;            jmp next
        f390                    ; button:    pause
        ba00060000              ;            mov edx,0x600
        66ed                    ;            in ax,dx
        f6c401                  ;            test ah,1
        74f2                    ;            jz button
        ebcf                    ;            jmp next
        ba04060000              ; off:       mov edx,0x604
        b800200000              ;            mov eax,0x2000
        66ef                    ;            out dx,ax
        f4                      ; hang:      hlt
        ebfd                    ;            jmp hang
        6690                    ;            .balign 8
        1e3c6f7a                ; vendor:    .long 0x7a6f3c1e
        d4528e4b                ;            .word 0x52d4,0x4b8e
        9a116b2f0c45d873        ;            .byte 0x9a,0x11,0x6b,0x2f,0x0c,0x45,0xd8,0x73
        0100000000000000        ; size:      .quad 1
        42006f006f00740073000000; name:      .word 'B','o','o','t','s',0
        00000000                ; count:     .byte 0,0,0,0
        """;

    public static byte[] Code { get; } = MachineCode.Parse(Listing);
}
