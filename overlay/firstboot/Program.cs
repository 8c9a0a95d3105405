using System.Runtime.Versioning;
using Appliance.FirstBoot.Commands;
using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Machine;
using Appliance.Rendering.Text;
using Microsoft.Win32.SafeHandles;

namespace Appliance.FirstBoot;

/// <summary>Entry point. Exit codes: 0 all is well, 1 it is not (and why is said), 64 and 70 as in sysexits(3).</summary>
[UnsupportedOSPlatform("windows")]
internal static class Program
{
    private const int UsageError = 64;
    private const int SoftwareError = 70;

    private static int Main(string[] arguments)
    {
        using var output = Writer(1);
        using var errors = Writer(2);
        if (Options.Parse(arguments) is not { } options)
        {
            errors.Write(Options.Usage + "\n");
            return UsageError;
        }

        try
        {
            var machine = new HostMachine(options.Root);
            return new Runner(machine, Connector(options), output, errors).Run(options);
        }
#pragma warning disable CA1031 // The last line of defence: the rc.d script turns the exit code into a failed verdict.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            errors.WriteLine($"appliance: {exception.GetType().Name}: {exception.Message}");
            return SoftwareError;
        }
    }

    /// <summary>With a root that is a test's, the addresses of the providers are none of its business.</summary>
    private static IConnector Connector(Options options) =>
        options.Metadata is { } server ? new SocketConnector(_ => server)
        : options.Root.Length == 0 ? new SocketConnector(server => server)
        : new NoConnector("a test without a metadata server");

    /// <summary>
    /// Plain UTF-8; the Console class knows terminals, which nobody has here, and is large. Each line is a record on the
    /// console or of syslog, whatever metadata and programs have said.
    /// </summary>
    private static PrintableWriter Writer(int descriptor) =>
        new(
            new StreamWriter(
                new FileStream(
                    new SafeFileHandle(descriptor, ownsHandle: false),
                    FileAccess.Write,
                    bufferSize: 0
                )
            )
            {
                AutoFlush = true,
            },
            records: true
        );
}
