namespace Appliance.Verify.Qemu;

/// <summary>Finds OVMF where distributions put it.</summary>
/// <param name="roots">Folders that stand for "/", so that tests can bring their own.</param>
public sealed class OvmfLocator(params IReadOnlyList<string> roots)
{
    /// <summary>
    /// Code and matching variable store, the better ones first. Never those with keys enrolled for secure boot: they refuse
    /// FreeBSD's unsigned loader.
    /// </summary>
    private static readonly (string Code, string Variables)[] Candidates =
    [
        // Debian, Ubuntu: package ovmf
        ("usr/share/OVMF/OVMF_CODE_4M.fd", "usr/share/OVMF/OVMF_VARS_4M.fd"),
        ("usr/share/OVMF/OVMF_CODE.fd", "usr/share/OVMF/OVMF_VARS.fd"),
        // Fedora: package edk2-ovmf
        ("usr/share/edk2/ovmf/OVMF_CODE_4M.fd", "usr/share/edk2/ovmf/OVMF_VARS_4M.fd"),
        ("usr/share/edk2/ovmf/OVMF_CODE.fd", "usr/share/edk2/ovmf/OVMF_VARS.fd"),
        // Arch: package edk2-ovmf
        ("usr/share/edk2/x64/OVMF_CODE.4m.fd", "usr/share/edk2/x64/OVMF_VARS.4m.fd"),
        ("usr/share/edk2/x64/OVMF_CODE.fd", "usr/share/edk2/x64/OVMF_VARS.fd"),
        ("usr/share/edk2-ovmf/x64/OVMF_CODE.fd", "usr/share/edk2-ovmf/x64/OVMF_VARS.fd"),
        // QEMU's own copy: Homebrew (Apple silicon, Intel), QEMU for Windows, distributions that ship it
        (
            "opt/homebrew/share/qemu/edk2-x86_64-code.fd",
            "opt/homebrew/share/qemu/edk2-i386-vars.fd"
        ),
        ("usr/local/share/qemu/edk2-x86_64-code.fd", "usr/local/share/qemu/edk2-i386-vars.fd"),
        ("usr/share/qemu/edk2-x86_64-code.fd", "usr/share/qemu/edk2-i386-vars.fd"),
        (
            "Program Files/qemu/share/edk2-x86_64-code.fd",
            "Program Files/qemu/share/edk2-i386-vars.fd"
        ),
    ];

    /// <summary>The places of this computer.</summary>
    public static OvmfLocator OfThisComputer() =>
        new(Path.GetPathRoot(Environment.SystemDirectory) is { Length: > 0 } root ? root : "/");

    /// <summary>The code, and the template of the variable store (to be copied, never to be written to).</summary>
    /// <exception cref="VerifyException"><see cref="VerifyFault.MissingFirmware"/>.</exception>
    public UefiFirmware Find() =>
        roots
            .SelectMany(root =>
                Candidates.Select(pair => new UefiFirmware(
                    Path.Combine(root, pair.Code),
                    Path.Combine(root, pair.Variables)
                ))
            )
            .FirstOrDefault(firmware =>
                File.Exists(firmware.CodePath) && File.Exists(firmware.VariablesPath)
            )
        ?? throw new VerifyException(
            VerifyFault.MissingFirmware,
            "no UEFI firmware (OVMF) for QEMU was found: install it with `apt install ovmf` (Debian, Ubuntu), "
                + "`dnf install edk2-ovmf` (Fedora), `pacman -S edk2-ovmf` (Arch) or `brew install qemu` (macOS), "
                + "or verify on BIOS only; looked for "
                + string.Join(", ", Candidates.Select(pair => "/" + pair.Code))
        );
}
