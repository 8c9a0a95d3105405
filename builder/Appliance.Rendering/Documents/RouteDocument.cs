namespace Appliance.Rendering.Documents;

/// <summary>A static route. Exactly one of <see cref="Via"/> and <see cref="Blackhole"/>.</summary>
public sealed record RouteDocument
{
    /// <summary>A word for rc.conf's route list: letters, digits and '_'.</summary>
    public required string Name { get; init; }

    /// <summary>Prefix, or "default".</summary>
    public required string Destination { get; init; }

    /// <summary>Family of the route, needed for "default".</summary>
    public required AddressFamily Family { get; init; }

    /// <summary>Gateway address.</summary>
    public string? Via { get; init; }

    /// <summary>Drop silently (route(8) -blackhole).</summary>
    public bool Blackhole { get; init; }

    public required int Fib { get; init; }
}
