using Appliance.Benchmarks;

// dotnet run -c Release --project tests/Appliance.Benchmarks -- [image|files] [runs]
var runs =
    args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 5;
switch (args.FirstOrDefault() ?? "image")
{
    case "image":
        return await WholeImage.RunAsync(runs);
    case "files":
        return NumberOfFiles.Run();
    default:
        Console.Error.WriteLine("usage: Appliance.Benchmarks [image|files] [runs]");
        return 64;
}
