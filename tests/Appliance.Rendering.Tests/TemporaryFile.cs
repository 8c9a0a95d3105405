namespace Appliance.Rendering.Tests;

/// <summary>A file that is gone after the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string content)
    {
        Path = System.IO.Path.GetTempFileName();
        File.WriteAllText(Path, content);
        if (!OperatingSystem.IsWindows())
        {
            // bgpd reads its configuration as its own user.
            File.SetUnixFileMode(
                Path,
                UnixFileMode.UserRead
                    | UnixFileMode.UserWrite
                    | UnixFileMode.GroupRead
                    | UnixFileMode.OtherRead
            );
        }
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
