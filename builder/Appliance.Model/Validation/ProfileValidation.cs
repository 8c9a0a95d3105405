using Appliance.Model.Profiles;
using Appliance.Model.Reports;

namespace Appliance.Model.Validation;

/// <summary>All checks of a profile, topic by topic.</summary>
public static class ProfileValidation
{
    public static void Validate(Profile profile, Report report) { }
}
