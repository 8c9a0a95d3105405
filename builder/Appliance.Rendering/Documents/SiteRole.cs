namespace Appliance.Rendering.Documents;

/// <summary>What a site is for.</summary>
public enum SiteRole
{
    /// <summary>Speaks BGP and terminates tunnels.</summary>
    Edge,

    /// <summary>FIB 0 for its provider, FIB 1 for announced addresses and jails.</summary>
    Downstream,
}
