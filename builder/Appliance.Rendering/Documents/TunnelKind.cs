namespace Appliance.Rendering.Documents;

/// <summary>How a tunnel packs what it carries.</summary>
public enum TunnelKind
{
    /// <summary>gif(4): protocol 41 over IPv4, 20 bytes.</summary>
    Gif,

    /// <summary>gre(4): protocol 47 over IPv4, 24 bytes.</summary>
    Gre,
}
