using Appliance.Files;

namespace Appliance.Verify.Runs;

/// <summary>A temporary folder that goes when the work is done, however it ends.</summary>
internal sealed class RunFolder : IDisposable
{
    private RunFolder(string path)
    {
        Path = path;
    }

    public string Path { get; }

    /// <param name="parent">Null: the system's folder for temporary files.</param>
    public static RunFolder Create(string? parent) =>
        new(OutputFolder.CreateTemporary("appliance-verify-", parent));

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
