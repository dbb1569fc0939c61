"""A long line to a server: ``python -m bench.kabel PORT MS`` prints a port of its own and passes on to PORT.

Every byte arrives MS / 2 later in either direction, so that an answer takes MS longer.
"""

import asyncio
import sys


async def main(porta: int, detik: float) -> None:
    """Serve until stdin ends."""

    async def sambung(baca: asyncio.StreamReader, tulis: asyncio.StreamWriter) -> None:
        baca_sana, tulis_sana = await asyncio.open_connection("127.0.0.1", porta)
        await asyncio.gather(_alir(baca, tulis_sana, detik), _alir(baca_sana, tulis, detik))

    peladen = await asyncio.start_server(sambung, "127.0.0.1", 0)
    print(peladen.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    peladen.close()


async def _alir(baca: asyncio.StreamReader, tulis: asyncio.StreamWriter, detik: float) -> None:
    loop = asyncio.get_running_loop()
    while isi := await baca.read(65536):
        loop.call_later(detik, tulis.write, isi)
    loop.call_later(detik, tulis.close)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]) / 2000))
