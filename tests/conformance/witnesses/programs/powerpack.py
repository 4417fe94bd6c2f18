"""Adds two numbers to a powerpack, and finds them by their numbers."""

from simulated import client, expect

plivo = client()

made = plivo.powerpacks.create(name="Support")
powerpack = plivo.powerpacks.get(made.uuid)
expect("name of the powerpack", powerpack.name, "Support")
for number in ["12175550101", "12175550102"]:
    powerpack.add_number(number)
for number in ["12175550101", "12175550102"]:
    expect("a number that is found", powerpack.find_number(number)["number"], number)
listed = powerpack.list_numbers()["objects"]
expect("numbers of the powerpack", [number["number"] for number in listed], ["12175550101", "12175550102"])
