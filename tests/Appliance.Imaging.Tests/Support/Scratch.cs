using System.Security.Cryptography;
using Appliance.Imaging.Disk;

namespace Appliance.Imaging.Tests.Support;

/// <summary>A folder for one test that goes with it.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch() => Folder = Directory.CreateTempSubdirectory("imaging-tests-").FullName;

    public string Folder { get; }

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Writes a file system to a file and returns its path.</summary>
    public string Write(PartitionContent content, string name = "fs.img")
    {
        ImageFile.WriteContent(content, this[name], null, TestContext.Current.CancellationToken);
        return this[name];
    }

    /// <summary>SHA-256 of a file.</summary>
    public string Digest(string name)
    {
        using FileStream stream = File.OpenRead(this[name]);
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
