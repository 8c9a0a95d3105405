using System.Text.RegularExpressions;
using Appliance.Rendering.Verdicts;

namespace Appliance.Verify.Console;

/// <summary>Recognises the stages of a boot by what SeaBIOS, OVMF, FreeBSD's loader, kernel and rc print.</summary>
public sealed partial class PhaseTracker
{
    private readonly List<PhaseMark> marks = [new(BootPhase.Firmware, TimeSpan.Zero)];

    /// <summary>What was seen, in order; a stage that nothing announced is missing.</summary>
    public IReadOnlyList<PhaseMark> Marks => marks;

    public BootPhase Current => marks[^1].Phase;

    /// <summary>Takes the next event.</summary>
    /// <returns>The stage that it begins, or null. Stages never go backwards.</returns>
    public BootPhase? Add(ConsoleEvent line)
    {
        return Recognise(line.Text) is { } phase && Mark(phase, line.At) ? phase : null;
    }

    /// <summary>Notes a stage that was recognised otherwise.</summary>
    /// <returns>False if it, or a later one, has begun already.</returns>
    public bool Mark(BootPhase phase, TimeSpan at)
    {
        if (phase <= Current)
        {
            return false;
        }

        marks.Add(new(phase, at));
        return true;
    }

    private static BootPhase? Recognise(string text) =>
        text.Contains(Verdict.ConsoleMarker, StringComparison.Ordinal) ? BootPhase.Verdict
        : Login().IsMatch(text) ? BootPhase.Login
        : FirstBoot().IsMatch(text) ? BootPhase.FirstBoot
        : Rc().IsMatch(text) ? BootPhase.Rc
        : Kernel().IsMatch(text) ? BootPhase.Kernel
        : Loader().IsMatch(text) ? BootPhase.Loader
        : null;

    /// <summary>stand/common/newvers.sh, stand/i386/loader and stand/efi/loader.</summary>
    [GeneratedRegex(
        @"^FreeBSD/\S+ (bootstrap|EFI) loader, Revision|^Consoles: |^BTX loader |^Loading /boot/|^Loading kernel"
    )]
    private static partial Regex Loader();

    /// <summary>sys/kern/subr_prf.c: BOOT_TAG; sys/conf/newvers.sh.</summary>
    [GeneratedRegex(
        @"---<<BOOT>>---|^Copyright \(c\) 1992-\d{4} The FreeBSD Project|^FreeBSD \d+\.\d+-"
    )]
    private static partial Regex Kernel();

    /// <summary>The first messages of libexec/rc/rc.d that a console shows, whichever are enabled.</summary>
    [GeneratedRegex(
        @"^(Setting hostuuid|Setting hostid|Setting hostname|Starting file system checks|Fast boot: skipping|Mounting local filesystems|Setting up harvesting|Feeding entropy|Autoloading module|Loading kernel modules:|Warning! No /etc/fstab)"
    )]
    private static partial Regex Rc();

    /// <summary>What overlay/rootfs/usr/local/etc/rc.d/appliance_firstboot lets the service say.</summary>
    [GeneratedRegex(
        @"^(Starting )?appliance(_firstboot)?\b|^personalised: ",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex FirstBoot();

    [GeneratedRegex(@"(^|\s)login: ?$")]
    private static partial Regex Login();
}
