from tinhso.kernel.registry import SystemConfig


class FilesConfig(SystemConfig):
    name = "tinhso.kernel.files"
    label = "files"
