namespace Appliance.Rendering.Tests.PacketFilters;

/// <summary>What becomes of a packet.</summary>
internal enum Decision
{
    Block,

    /// <summary>It passes, and so do replies.</summary>
    Pass,

    /// <summary>It passes, and replies need a rule of their own.</summary>
    PassStateless,
}
