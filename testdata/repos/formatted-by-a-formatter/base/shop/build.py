class Build:
    def __init__(
            self,
            project=None,
            record=True,
            **kwargs,
    ):
        self.project = project

    def command(self, path):
        prefix = ''
        if path:
            prefix += f'PATH={path}:$PATH '
        for key in ('url', 'name'):
            prefix += self.values['base'][key] + '/'
        return (
            "/bin/sh -c '{prefix}{cmd}'".format(
                prefix=prefix,
                cmd=path,
            )
        )
