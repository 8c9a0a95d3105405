namespace Appliance.Rendering.Documents;

/// <summary>What a neighbor is to us, as BGP roles have it (RFC 9234).</summary>
public enum NeighborRole
{
    /// <summary>It gives us the Internet; we give it ourselves and our customers.</summary>
    Transit,

    /// <summary>Each gives the other itself and its customers.</summary>
    Peer,

    /// <summary>It passes on what the members of an exchange give each other, and stands in no path (RFC 7947).</summary>
    RouteServer,

    /// <summary>It gives us itself; we give it the Internet.</summary>
    Customer,
}

/// <summary>What is taken from a neighbor.</summary>
public enum ImportMode
{
    /// <summary>Every route that passes the filter; no default route.</summary>
    Full,

    /// <summary>The default route, and routes that pass the filter, as many as a small machine holds.</summary>
    Partial,

    /// <summary>The default route alone.</summary>
    Default,

    /// <summary>Nothing: the session only announces.</summary>
    Nothing,
}

/// <summary>What is sent to a customer.</summary>
public enum ExportMode
{
    /// <summary>Our own prefixes.</summary>
    Own,

    /// <summary>The default route as well.</summary>
    Default,

    /// <summary>Everything we know, as well.</summary>
    Full,
}
