using Appliance.Sources.Sets;

namespace Appliance.Sources.Tests.Support;

/// <summary>A directory that lives as long as a test.</summary>
public sealed class TestDirectory : IDisposable
{
    public TestDirectory()
    {
        Path = Directory.CreateTempSubdirectory("appliance-sources-").FullName;
    }

    public string Path { get; }

    public CacheLocation Cache => new(File("cache"));

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>All files under the directory, relative to it.</summary>
    public IReadOnlyList<string> Files(string below = "") =>
        Directory.Exists(File(below))
            ?
            [
                .. Directory
                    .EnumerateFiles(File(below), "*", SearchOption.AllDirectories)
                    .Select(path => System.IO.Path.GetRelativePath(Path, path))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
