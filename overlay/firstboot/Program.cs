System.Console.WriteLine(Appliance.Rendering.Documents.SiteDocument.TargetPath);
return 0;
