using Appliance.Lab.Topology;

namespace Appliance.Lab.Guests;

/// <summary>Where the files of a virtual machine lie; whoever looks at a lab finds them from its name.</summary>
internal sealed class GuestFiles(string lab, string site)
{
    /// <summary>Small ones: key, sockets, logs.</summary>
    public string Folder { get; } = Path.Combine(LabNames.Folder(lab), site);

    /// <summary>Disks, which are too large for a file system in memory.</summary>
    public string DiskFolder { get; } = Path.Combine(LabNames.DiskFolder(lab), site);

    public string Disk => Path.Combine(DiskFolder, "disk.img");

    /// <summary>What the machine is told beside its image: its secrets.</summary>
    public string Seed => Path.Combine(DiskFolder, "seed.img");

    /// <summary>Private half of the key with which the lab logs in.</summary>
    public string Key => Path.Combine(Folder, "key");

    /// <summary>Socket of the connection that all commands share.</summary>
    public string Connection => Path.Combine(Folder, "ssh");

    /// <summary>Sockets of console and monitor.</summary>
    public string Machine => Path.Combine(Folder, "machine");

    public string Console => Path.Combine(Folder, "console.log");

    /// <summary>A copy of what FRR was last given.</summary>
    public string Configuration => Path.Combine(Folder, "frr.conf");

    /// <summary>Has the vtysh that asks the machine.</summary>
    public string ReloadFolder => Path.Combine(Folder, "reload");
}
