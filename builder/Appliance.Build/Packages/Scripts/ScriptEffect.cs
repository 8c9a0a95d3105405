using Appliance.Build.Packages.Accounts;

namespace Appliance.Build.Packages.Scripts;

/// <summary>Something that a package's script does on the target, and that the builder can do in its stead.</summary>
public abstract record ScriptEffect
{
    /// <summary>pw groupadd.</summary>
    public sealed record MakeGroup(GroupAccount Group) : ScriptEffect
    {
        public override string ToString() => $"group {Group.Name} ({Group.Gid})";
    }

    /// <summary>pw useradd.</summary>
    public sealed record MakeUser(UserAccount User) : ScriptEffect
    {
        public override string ToString() => $"user {User.Name} ({User.Uid})";
    }

    /// <summary>pw groupmod -m.</summary>
    public sealed record JoinGroup(GroupMember Member) : ScriptEffect
    {
        public override string ToString() => $"{Member.User} in group {Member.Group}";
    }

    /// <summary>install -d, or mkdir -p: root's where no owner is named, and left as it is where it is there already.</summary>
    /// <param name="Path">Absolute path.</param>
    /// <param name="Owner">Null: as it is, or root.</param>
    /// <param name="Group">Null: as it is, or wheel.</param>
    /// <param name="Mode">Null: as it is, or 0755.</param>
    public sealed record MakeFolder(string Path, string? Owner, string? Group, int? Mode)
        : ScriptEffect
    {
        public override string ToString() => $"folder {Path}";
    }

    /// <summary>chown, chgrp or chmod of one name.</summary>
    /// <param name="Path">Absolute path.</param>
    /// <param name="Owner">Null: unchanged.</param>
    /// <param name="Group">Null: unchanged.</param>
    /// <param name="Mode">Null: unchanged.</param>
    public sealed record SetOwner(string Path, string? Owner, string? Group, int? Mode)
        : ScriptEffect
    {
        public override string ToString() => $"owner and mode of {Path}";
    }

    /// <summary>@sample of the ports tree: a configuration file, from its sample unless it is there.</summary>
    public sealed record CopySample(string Sample, string Target) : ScriptEffect
    {
        public override string ToString() => $"{Target} from its sample";
    }

    /// <summary>Something that needs not be done, because the system does it at every boot or does without.</summary>
    /// <param name="Why">What stands for it.</param>
    public sealed record Unneeded(string Why) : ScriptEffect
    {
        public override string ToString() => Why;
    }
}
