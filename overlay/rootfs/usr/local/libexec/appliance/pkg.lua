-- The functions that pkg(8) gives the Lua scripts of packages (pkg-lua-script(5)), for FreeBSD's own Lua,
-- flua(1). Scripts of packages that run at first boot load it before anything else.

local function quoted(arguments)
	local words = {}
	for _, word in ipairs(arguments) do
		words[#words + 1] = "'" .. tostring(word):gsub("'", "'\\''") .. "'"
	end
	return table.concat(words, " ")
end

local function run(arguments)
	local ok, _, code = os.execute(quoted(arguments))
	if ok then
		return 0
	end
	return code or 1
end

local function content(path)
	local file = io.open(path, "rb")
	if file == nil then
		return nil
	end
	local text = file:read("a")
	file:close()
	return text
end

-- What a command prints, or nil when it fails.
local function printed(arguments)
	local pipe = io.popen(quoted(arguments) .. " 2> /dev/null", "r")
	local text = pipe:read("a")
	if pipe:close() then
		return text
	end
	return nil
end

-- stat(1)'s names of what a file is, and pkg's.
local kinds = {
	["Regular File"] = "reg", ["Directory"] = "dir", ["Symbolic Link"] = "lnk", ["Socket"] = "sock",
	["Fifo File"] = "fifo", ["Character Device"] = "chr", ["Block Device"] = "blk",
}

pkg = {}

function pkg.prefixed_path(path)
	if path:sub(1, 1) == "/" then
		return path
	end
	return pkg_prefix .. "/" .. path
end

function pkg.print_msg(text)
	print(text)
end

-- 0: the same content, 1: another one, 2: one of them cannot be read.
function pkg.filecmp(one, other)
	local first, second = content(one), content(other)
	if first == nil or second == nil then
		return 2
	end
	return first == second and 0 or 1
end

-- Nothing when it is done, as pkg's.
function pkg.copy(source, target)
	if run({"/bin/cp", "-p", "--", source, target}) ~= 0 then
		return -1
	end
end

-- Of a symbolic link itself, and nil where there is nothing.
function pkg.stat(path)
	local facts = printed({"/usr/bin/stat", "-f", "%HT:%z:%u:%g", "--", path})
	if facts == nil then
		return nil
	end
	local kind, size, uid, gid = facts:match("^([^:]*):(%d+):(%d+):(%d+)")
	return {
		type = kinds[kind] or "unknown",
		size = tonumber(size), uid = tonumber(uid), gid = tonumber(gid),
	}
end

function pkg.readdir(path)
	local names = {}
	for name in (printed({"/usr/bin/find", path, "-mindepth", "1", "-maxdepth", "1"}) or ""):gmatch("[^\n]+") do
		names[#names + 1] = name:match("[^/]+$")
	end
	return names
end

function pkg.symlink(source, target)
	if run({"/bin/ln", "-s", "--", source, target}) ~= 0 then
		return -1
	end
end

-- A number, or nil and a complaint.
function pkg.exec(arguments)
	if run(arguments) ~= 0 then
		return nil, "Abnormal termination"
	end
	return 0
end

function pkg.exec_capture(arguments)
	local errors = os.tmpname()
	local pipe = io.popen(quoted(arguments) .. " 2> " .. quoted({errors}), "r")
	local output = pipe:read("a")
	local ok, _, code = pipe:close()
	local complaint = content(errors)
	os.remove(errors)
	return output, complaint, ok and 0 or code
end

-- There is no metalog on a running machine.
function pkg.metalog_copy()
end
