using Appliance.Rendering.Verdicts;

namespace Appliance.Verify.Tests.Guests;

/// <summary>What a FreeBSD appliance prints, cut down to the lines that matter.</summary>
internal static class Transcript
{
    public static readonly string[] BeforeVerdict =
    [
        "Consoles: serial port  ",
        "FreeBSD/x86 bootstrap loader, Revision 1.1",
        "Loading kernel...",
        "/boot/kernel/kernel text=0x18a4d0 text=0xe8e0b8 data=0x180+0xe80",
        "---<<BOOT>>---",
        "Copyright (c) 1992-2025 The FreeBSD Project.",
        "FreeBSD 15.0-RELEASE releng/15.0-n280995 GENERIC amd64",
        "vtnet0: Ethernet address: 52:54:00:12:34:56",
        "Trying to mount root from ufs:/dev/gpt/rootfs [rw]...",
        "Setting hostuuid: 2d1c4a3e-0000-4000-8000-000000000000.",
        "Setting hostid: 0x5a5a5a5a.",
        "Mounting local filesystems:.",
        "personalised: Done",
    ];

    public static readonly string[] AfterVerdict =
    [
        "Starting sshd.",
        "",
        "FreeBSD/amd64 (router01.example.net) (ttyu0)",
        "",
    ];

    public static Verdict Good(int boot, string method = "BIOS") =>
        new()
        {
            Schema = Verdict.CurrentSchema,
            Site = "router01",
            Ok = true,
            Personalisation = boot == 1 ? Personalisation.Done : Personalisation.Kept,
            Boot = boot,
            BootMethod = method,
            Passed = 42,
            Failed = 0,
            Milliseconds = 612,
        };

    public static Verdict WithFailedCheck(int boot) =>
        Good(boot) with
        {
            Ok = false,
            Passed = 41,
            Failed = 1,
            Checks =
            [
                new()
                {
                    Name = "tunnel.gif0.fib",
                    Passed = false,
                    Expected = "1",
                    Actual = "0",
                },
            ],
        };

    public static string Line(Verdict verdict) =>
        Verdict.ConsoleMarker + VerdictJson.WriteLine(verdict);

    /// <summary>A whole boot up to the login prompt.</summary>
    public static GuestScript Boot(Verdict verdict) =>
        new GuestScript()
            .Lines(BeforeVerdict)
            .Lines(Line(verdict))
            .Lines(AfterVerdict)
            .Say("login: ");

    /// <summary>A whole boot that ends when the power button is pressed.</summary>
    public static GuestScript GoodBoot(int boot, string method = "BIOS") =>
        Boot(Good(boot, method))
            .WaitForButton()
            .Lines("", "All buffers synced.", "Uptime: 12s")
            .PowerOff();
}
