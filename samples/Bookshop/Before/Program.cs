await Bookshop.Shop.Build(args).RunAsync();
