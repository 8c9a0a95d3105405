using Appliance.Build.Packages.Installation;
using Appliance.Build.Packages.Scripts;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Tests.Packages.Installation;

public sealed class PackageInstallerTests : IDisposable
{
    private readonly PackageSystem system = new();

    public void Dispose() => system.Dispose();

    [Fact]
    public void What_is_needed_is_installed_before_what_needs_it()
    {
        var installed = system.Install(SamplePackages.Both);

        Assert.Equal(["mini-lib", "minid"], installed.Select(package => package.Package.Name));
    }

    [Fact]
    public void Files_have_the_owners_modes_and_times_of_their_package()
    {
        system.Install(SamplePackages.Both);

        Assert.Equal("0:777 4550", system.Owner("/usr/local/sbin/minid"));
        Assert.Equal("777:777 640", system.Owner("/usr/local/etc/mini.keys"));
        Assert.Equal("777:777 750", system.Owner("/var/db/mini"));
        Assert.Equal("0:0 555", system.Owner("/usr/local/etc/rc.d/minid"));
        Assert.Equal("#!/bin/sh\necho mini\n", system.Text("/usr/local/sbin/minid"));
        Assert.Equal(
            PackageSystem.Time,
            system.Tree.Find("/usr/local/sbin/minid")!.Metadata.ModifiedTime
        );
        Assert.Equal("minid-2.0,1", system.Tree.Find("/usr/local/sbin/minid")!.Origin);
    }

    [Fact]
    public void Links_are_links()
    {
        system.Install(SamplePackages.Both);

        Assert.Same(
            system.Tree.Find("/usr/local/sbin/minid"),
            system.Tree.Find("/usr/local/sbin/minictl")
        );
        Assert.Equal(
            "libmini.so.1.0",
            Assert.IsType<SymbolicLinkNode>(system.Tree.Find("/usr/local/lib/libmini.so.1")).Target
        );
    }

    [Fact]
    public void A_sample_becomes_the_configuration_unless_there_is_one()
    {
        system.Install(SamplePackages.Both);

        Assert.Equal("speed = 1\n", system.Text("/usr/local/etc/mini.conf"));
        Assert.Equal("0:0 644", system.Owner("/usr/local/etc/mini.conf"));

        using var other = new PackageSystem();
        other.Add("/usr/local/etc/mini.conf", "mine");
        other.Install(SamplePackages.Both);
        Assert.Equal("mine", other.Text("/usr/local/etc/mini.conf"));
    }

    [Fact]
    public void Its_accounts_are_those_of_its_scripts()
    {
        system.Install(SamplePackages.Both);

        Assert.EndsWith(
            "\nmini:*:777:777::0:0:Mini daemon:/nonexistent:/usr/sbin/nologin\n",
            system.Text("/etc/master.passwd"),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "\nmini:*:777:\nminivty:*:778:mini\n",
            system.Text("/etc/group"),
            StringComparison.Ordinal
        );
        Assert.NotNull(system.Tree.Find("/etc/spwd.db"));
    }

    [Fact]
    public void A_script_that_is_not_known_runs_at_first_boot_and_no_other_does()
    {
        var installed = system.Install(SamplePackages.Both);

        var script = Assert.Single(
            installed.SelectMany(package => package.Scripts),
            script => script.Handling == ScriptHandling.FirstBoot
        );
        Assert.Equal(["date > /var/db/mini/installed"], script.Reading.Unknown);
        Assert.Equal(
            """
            PKG_NAME='minid'
            PKG_PREFIX='/usr/local'
            PKG_ROOTDIR=/
            export PKG_NAME PKG_PREFIX PKG_ROOTDIR
            set -- 'minid-2.0,1'
            date > /var/db/mini/installed

            """,
            system.Text(
                "/usr/local/share/appliance/package-scripts/001-minid-2.0,1-post-install.sh"
            )
        );
        var folder = Assert.IsType<DirectoryNode>(
            system.Tree.Find("/usr/local/share/appliance/package-scripts")
        );
        Assert.Equal(1, folder.Count);
    }

    [Fact]
    public void A_file_of_two_packages_is_refused()
    {
        var exception = Assert.Throws<BuildException>(() =>
            system.Install([.. SamplePackages.Both, SamplePackages.Twin])
        );

        Assert.Equal(
            "package minid-2.0,1: /usr/local/sbin/minid belongs to package mini-twin-1 already; "
                + "they cannot be in one image",
            exception.Message
        );
    }

    [Fact]
    public void The_services_of_a_package_that_was_asked_for_are_on_unless_rc_conf_says_otherwise()
    {
        system.Install(SamplePackages.Both);

        Assert.EndsWith(
            "\n: ${minid_enable:=\"YES\"}\n",
            system.Text("/usr/local/etc/rc.conf.d/minid"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_services_of_what_only_comes_along_stay_off()
    {
        system.Install(SamplePackages.Daemon with { IsAutomatic = true }, SamplePackages.Library);

        Assert.Null(system.Tree.Find("/usr/local/etc/rc.conf.d/minid"));
    }

    [Fact]
    public void FRRs_services_are_the_sites_own_business()
    {
        var installed = system
            .Install(SamplePackages.Both)
            .Select(one => one with { Package = one.Package with { Origin = "net/frr10" } });
        system.Tree.Remove("/usr/local/etc/rc.conf.d/minid");

        PackageServices.AddTo(system.Tree, installed, PackageSystem.Time);

        Assert.Null(system.Tree.Find("/usr/local/etc/rc.conf.d/minid"));
    }

    [Theory]
    [InlineData("name=minid\nrcvar=minid_enable", "minid_enable")]
    [InlineData("name=\"unbound\" # the service\nrcvar=${name}_enable", "unbound_enable")]
    [InlineData("\tname='bird'\n\trcvar=\"${name}_enable\"", "bird_enable")]
    [InlineData("name=old\nrcvar=`set_rcvar`", "old_enable")]
    [InlineData("name=always", null)]
    [InlineData("rcvar=x_enable", null)]
    [InlineData("# KEYWORD: nostart nojail\nname=hand\nrcvar=hand_enable", null)]
    [InlineData("name=odd\nrcvar=\"$(reboot)\"", null)]
    [InlineData("name=\"x;reboot\"\nrcvar=x_enable", null)]
    public void A_service_is_switched_by_what_its_script_says(string script, string? variable) =>
        Assert.Equal(variable, PackageServices.SwitchOf($"#!/bin/sh\n{script}\n")?.Variable);

    [Fact]
    public void A_package_through_a_link_of_another_layer_is_refused_by_name()
    {
        system.Tree.AddSymbolicLink(
            "/usr/local/sbin",
            "/etc",
            NodeMetadata.DefaultFile(0),
            "evil-1.0"
        );

        var exception = Assert.Throws<Imaging.ImagingException>(() =>
            system.Install(SamplePackages.Both)
        );

        Assert.Contains("minid-2.0,1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("/usr/local/sbin", exception.Message, StringComparison.Ordinal);
        Assert.Null(system.Tree.Find("/etc/minid"));
    }

    [Fact]
    public void A_package_over_a_file_that_is_no_directory_is_refused_by_name()
    {
        system.Add("/usr/local/sbin", "not a directory");

        var exception = Assert.Throws<Imaging.ImagingException>(() =>
            system.Install(SamplePackages.Both)
        );

        Assert.Contains("minid-2.0,1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("/usr/local/sbin", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_the_system_uses_already_is_refused_by_name()
    {
        system.Add("/etc/group", "wheel:*:0:root\nother:*:777:\n");

        var exception = Assert.Throws<BuildException>(() => system.Install(SamplePackages.Both));

        Assert.Contains("minid-2.0,1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("the group other has", exception.Message, StringComparison.Ordinal);
    }
}
