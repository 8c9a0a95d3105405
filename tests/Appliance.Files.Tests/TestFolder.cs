namespace Appliance.Files.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-files-");

    public string Path => folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public IEnumerable<string> Names =>
        Directory
            .EnumerateFileSystemEntries(Path)
            .Select(path => System.IO.Path.GetFileName(path)!);

    public void Dispose() => folder.Delete(recursive: true);
}
