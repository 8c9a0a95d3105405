using System.Runtime.Versioning;
using Appliance.FirstBoot.Commands;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot;

/// <summary>Entry point. Exit codes: 0 all is well, 1 it is not (and why is said), 64 and 70 as in sysexits(3).</summary>
[UnsupportedOSPlatform("windows")]
internal static class Program
{
    private const int UsageError = 64;
    private const int SoftwareError = 70;

    private static int Main(string[] arguments)
    {
        if (Options.Parse(arguments) is not { } options)
        {
            Console.Error.WriteLine(Options.Usage);
            return UsageError;
        }

        try
        {
            var machine = new HostMachine(options.Root);
            return new Runner(machine, Console.Out, Console.Error).Run(options);
        }
#pragma warning disable CA1031 // The last line of defence: the rc.d script turns the exit code into a failed verdict.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine($"appliance: {exception.GetType().Name}: {exception.Message}");
            return SoftwareError;
        }
    }
}
