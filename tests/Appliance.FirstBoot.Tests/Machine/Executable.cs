using System.Diagnostics;

namespace Appliance.FirstBoot.Tests.Machine;

/// <summary>
/// Files that are executed are written by another process. While this one has a file open for writing, a child that
/// another test is just starting inherits it, and until that child has become its program, whoever executes the file
/// hears "text file busy" (ETXTBSY of execve(2)).
/// </summary>
internal static class Executable
{
    /// <summary>Makes a program of a file that this process wrote.</summary>
    public static void Make(string path)
    {
        Allow(path);
        var aside = path + ".written";
        File.Move(path, aside);
        Copy(aside, path);
        File.Delete(aside);
    }

    /// <summary>Lets everybody execute a file.</summary>
    public static void Allow(string path) =>
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);

    /// <summary>Copies a file, or with a final "/." what is in a folder.</summary>
    public static void Copy(string from, string to)
    {
        using var copy = Process.Start("/bin/cp", ["-R", "-p", from, to]);
        copy.WaitForExit();
        Assert.Equal(0, copy.ExitCode);
    }
}
