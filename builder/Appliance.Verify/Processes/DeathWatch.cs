using System.ComponentModel;
using System.Diagnostics;

namespace Appliance.Verify.Processes;

/// <summary>
/// A shell script that outlives this process when it is killed (SIGKILL, out of memory), and cleans up then: it reads a pipe
/// whose other end only this process has. Everything that is on Linux, macOS and FreeBSD; Windows would need a job object.
/// </summary>
/// <remarks>
/// Not PR_SET_PDEATHSIG, which is Linux's alone, is lost when a daemon changes its user, and fires when the thread that
/// started the child ends, which threads of a pool do.
/// </remarks>
public sealed class DeathWatch : IDisposable
{
    /// <summary>Signals of the terminal and of a supervisor are for us, not for the watch; nobody waits for its streams.</summary>
    private const string Preamble = "exec > /dev/null 2>&1; trap '' HUP INT QUIT TERM\n";

    private readonly Process process;
    private readonly Lock guard = new();

    private DeathWatch(Process process)
    {
        this.process = process;
    }

    /// <summary>Starts a watch; null on Windows, and where there is no sh.</summary>
    /// <param name="script">Of sh(1): reads lines from standard input until it ends, which is the death of this process.</param>
    /// <param name="arguments">Its "$@".</param>
    public static DeathWatch? Start(HostTools tools, string script, params string[] arguments)
    {
        if (OperatingSystem.IsWindows() || !tools.Has(Tools.Shell))
        {
            return null;
        }

        // In a session of its own, so that a kill of our process group does not take it along.
        string[] session = tools.Has(Tools.SetSid) ? [tools.Find(Tools.SetSid)] : [];
        string[] words =
        [
            .. session,
            tools.Find(Tools.Shell),
            "-c",
            Preamble + script,
            "appliance-watch",
            .. arguments,
        ];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true };
        start.Environment["PATH"] = tools.SearchPath;
        try
        {
            return new(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Sends a line to the script; one that has ended is no error.</summary>
    public void Send(string line)
    {
        lock (guard)
        {
            try
            {
                process.StandardInput.Write(line + "\n");
                process.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Without it our children are as safe as they were before there was one.
            }
        }
    }

    /// <summary>Closes the pipe; the script ends by itself.</summary>
    public void Dispose()
    {
        lock (guard)
        {
            try
            {
                process.StandardInput.Dispose();
            }
            catch (IOException)
            {
                // It has ended.
            }

            process.Dispose();
        }
    }
}
