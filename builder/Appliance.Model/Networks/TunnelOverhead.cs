using Appliance.Model.Values;

namespace Appliance.Model.Networks;

/// <summary>What a tunnel adds to a packet, and which MTU its device takes.</summary>
public static class TunnelOverhead
{
    /// <summary>gif(4) refuses more (GIF_MTU_MAX of net/if_gif.h).</summary>
    public const int GifMaximum = 8192;

    /// <summary>Bytes: the IPv4 header, and for gre the four of its own.</summary>
    public static int Of(TunnelProtocol protocol) => protocol == TunnelProtocol.Gif ? 20 : 24;

    /// <summary>The largest inner packet over an underlay.</summary>
    public static Mtu Within(Mtu underlay, TunnelProtocol protocol)
    {
        var fits = underlay.Bytes - Of(protocol);
        return new Mtu(protocol == TunnelProtocol.Gif ? Math.Min(fits, GifMaximum) : fits);
    }
}
