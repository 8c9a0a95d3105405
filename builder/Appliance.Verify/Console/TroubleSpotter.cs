using System.Text.RegularExpressions;

namespace Appliance.Verify.Console;

/// <summary>Recognises boots that will not end well, so that nobody waits for the time limit.</summary>
public static partial class TroubleSpotter
{
    private static readonly (Regex Pattern, bool OnlyPrompt, string Reason)[] Rules =
    [
        (NoBootableDevice(), false, "the firmware found nothing to boot"),
        (UefiShell(), false, "the firmware found nothing to boot and started the UEFI shell"),
        (BootBlock(), false, "the boot blocks did not find the loader"),
        (LoaderFile(), false, "the loader could not load what it needs"),
        (LoaderPrompt(), true, "the loader stopped at its prompt"),
        (Panic(), false, "the kernel panicked"),
        (Debugger(), true, "the kernel stopped in its debugger"),
        (MountRoot(), true, "the kernel found no root file system"),
        (SingleUser(), true, "the system came up in single-user mode"),
        (RcAborted(), false, "/etc/rc gave up"),
    ];

    /// <summary>What is wrong, or null if the event is harmless.</summary>
    public static BootTrouble? Spot(ConsoleEvent line)
    {
        foreach (var (pattern, onlyPrompt, reason) in Rules)
        {
            if ((line.IsPrompt || !onlyPrompt) && pattern.IsMatch(line.Text))
            {
                return new(reason, line.Text.Trim());
            }
        }

        return null;
    }

    /// <summary>The file system had to be repaired or was not unmounted (sys/ufs/ffs/ffs_vfsops.c).</summary>
    public static bool IsUncleanMount(string line) => UncleanMount().IsMatch(line);

    /// <summary>SeaBIOS, src/boot.c; EDK II, MdeModulePkg/Universal/BdsDxe.</summary>
    [GeneratedRegex(@"^No bootable device|BdsDxe: No bootable option or device was found")]
    private static partial Regex NoBootableDevice();

    [GeneratedRegex(@"^UEFI Interactive Shell|^Shell> ?$")]
    private static partial Regex UefiShell();

    /// <summary>stand/i386/pmbr/pmbr.S and stand/i386/gptboot/gptboot.c.</summary>
    [GeneratedRegex(
        @"^(Missing boot loader|Invalid partition table|I/O error loading|Truncated)|gptboot: (no UFS partition|unable to load GPT|No /|invalid)"
    )]
    private static partial Regex BootBlock();

    /// <summary>stand/common/boot.c, interp_lua.c, lua/config.lua and efi/loader/main.c.</summary>
    [GeneratedRegex(
        @"^can't load 'kernel'|^No kernel set, failed to load|^Failed to load kernel '|^ERROR: cannot open |Failed to find bootable partition"
    )]
    private static partial Regex LoaderFile();

    [GeneratedRegex(@"^OK ?$")]
    private static partial Regex LoaderPrompt();

    [GeneratedRegex(@"^panic: |^Fatal (trap|double fault)")]
    private static partial Regex Panic();

    [GeneratedRegex(@"^db> ?$")]
    private static partial Regex Debugger();

    /// <summary>sys/kern/vfs_mountroot.c.</summary>
    [GeneratedRegex(@"^mountroot> ?$")]
    private static partial Regex MountRoot();

    /// <summary>sbin/init/init.c.</summary>
    [GeneratedRegex(@"^Enter full pathname of shell|^Enter root password, or")]
    private static partial Regex SingleUser();

    /// <summary>libexec/rc/rc.d/fsck, root, mountcritlocal; rc.subr's stop_boot.</summary>
    [GeneratedRegex(
        @"Automatic file system check failed; help!|^ERROR: ABORTING BOOT|Mounting root filesystem rw failed|Mounting /etc/fstab filesystems failed"
    )]
    private static partial Regex RcAborted();

    [GeneratedRegex(
        @"was not properly dismounted|mount pending error: blocks|UNEXPECTED (SOFT UPDATE )?INCONSISTENCY|Filesystem is not clean"
    )]
    private static partial Regex UncleanMount();
}
