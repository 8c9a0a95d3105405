using System.Text;
using Appliance.Lab.Linux;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Lab.Tunnels;

/// <summary>
/// A TUN device (kernel: Documentation/networking/tuntap.rst): packets that the kernel routes into it are read here,
/// and what is written here arrives in the kernel. It vanishes with its descriptor, also when this process dies.
/// </summary>
internal static class TunDevice
{
    /// <summary>TUNSETIFF of linux/if_tun.h.</summary>
    private const nuint SetInterface = 0x400454ca;

    /// <summary>IFF_TUN | IFF_NO_PI: bare IP packets.</summary>
    private const short BarePackets = 0x0001 | 0x1000;

    /// <summary>IFNAMSIZ of linux/if.h, with the final zero.</summary>
    private const int NameLength = 16;

    /// <summary>Creates a device in the namespace of the calling thread.</summary>
    /// <exception cref="LabException">The name is taken or too long, or the kernel refuses.</exception>
    public static SafeFileHandle Create(string name)
    {
        var encoded = Encoding.ASCII.GetBytes(name);
        if (encoded.Length is 0 or >= NameLength)
        {
            throw new LabException(LabFault.BadRequest, $"'{name}' is no name for a device");
        }

        // struct ifreq: the name, then the flags at the beginning of a union.
        Span<byte> request = stackalloc byte[40];
        encoded.CopyTo(request);
        BitConverter.TryWriteBytes(request[NameLength..], BarePackets);
        var handle = LibC.Open("/dev/net/tun", LibC.ReadWriteCloseOnExec);
        if (handle.IsInvalid || LibC.Control(handle, SetInterface, request) < 0)
        {
            var reason = LibC.LastError();
            handle.Dispose();
            throw new LabException(
                LabFault.Unsupported,
                $"the TUN device {name} cannot be made: {reason}"
            );
        }

        return handle;
    }
}
