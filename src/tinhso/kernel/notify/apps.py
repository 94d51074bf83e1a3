from tinhso.kernel.registry import SystemConfig


class NotifyConfig(SystemConfig):
    name = "tinhso.kernel.notify"
    label = "notify"
