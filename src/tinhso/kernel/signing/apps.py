from tinhso.kernel.registry import SystemConfig


class SigningConfig(SystemConfig):
    name = "tinhso.kernel.signing"
    label = "signing"
