"""The envelope around a message on its way through the GGk (StUF 3.01, koppelvlak GGK 02.10), without Django.

`boom` reads bytes that nobody trusts, `grammatica` says what an element may hold, `envelop` declares the five kinds,
`controle` compares the envelope with the message inside it, `soap` is the paper around both. ADR 0016.
"""
